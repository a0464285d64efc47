#include "tls/certificate.h"

#include "base/ascii.h"
#include "base/digest.h"

#include <algorithm>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509v3.h>

namespace sealwright {
namespace {

constexpr std::size_t longestDer = 65'536;
constexpr std::size_t mostNames = 1'000;

struct FreeNames {
    void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
};

/// Leaves OpenSSL's error queue of this thread empty: TLS reads it too.
class ErrorQueue {
public:
    ErrorQueue() { ERR_clear_error(); }
    ~ErrorQueue() { ERR_clear_error(); }
    ErrorQueue(const ErrorQueue&) = delete;
    ErrorQueue& operator=(const ErrorQueue&) = delete;
};

std::string textOf(const ASN1_STRING* string) {
    const auto* const data = reinterpret_cast<const char*>(ASN1_STRING_get0_data(string));
    return {data, static_cast<std::size_t>(ASN1_STRING_length(string))};
}

// A NUL or a line break within a name only serves to deceive whoever reads it.
void addName(std::vector<std::string>& names, const ASN1_STRING* string) {
    std::string name = lowered(textOf(string));
    const bool printable = std::ranges::all_of(name, [](char c) { return c > ' ' && c <= '~'; });
    if (printable && !name.empty() && names.size() < mostNames) {
        names.push_back(std::move(name));
    }
}

const ASN1_STRING* entryOf(const X509_NAME* subject, int nid) {
    const int at = X509_NAME_get_index_by_NID(subject, nid, -1);
    const X509_NAME_ENTRY* entry = at < 0 ? nullptr : X509_NAME_get_entry(subject, at);
    return entry == nullptr ? nullptr : X509_NAME_ENTRY_get_data(entry);
}

std::vector<std::string> namesOf(const X509* x509) {
    std::vector<std::string> names;
    const std::unique_ptr<GENERAL_NAMES, FreeNames> all(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(x509, NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; all && i < sk_GENERAL_NAME_num(all.get()); ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(all.get(), i);
        if (name->type == GEN_DNS) {
            addName(names, name->d.dNSName);
        }
    }
    return names;
}

std::optional<std::chrono::sys_seconds> timeOf(const ASN1_TIME* time) {
    std::tm tm{};
    if (ASN1_TIME_to_tm(time, &tm) != 1) {
        return std::nullopt;
    }
    const std::chrono::year_month_day day{std::chrono::year(tm.tm_year + 1900),
                                          std::chrono::month(static_cast<unsigned>(tm.tm_mon + 1)),
                                          std::chrono::day(static_cast<unsigned>(tm.tm_mday))};
    return std::chrono::sys_days(day) + std::chrono::hours(tm.tm_hour) + std::chrono::minutes(tm.tm_min) +
           std::chrono::seconds(tm.tm_sec);
}

CertificateKey keyTypeOf(const EVP_PKEY* key) {
    switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_RSA:
    case EVP_PKEY_RSA_PSS:
        return CertificateKey::rsa;
    case EVP_PKEY_EC:
        return CertificateKey::ecdsa;
    case EVP_PKEY_ED25519:
        return CertificateKey::ed25519;
    default: // OpenSSL's numbers, no enum of ours
        return CertificateKey::other;
    }
}

std::string publicKeyOf(const X509* x509) {
    unsigned char* data = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(x509), &data);
    std::string der = size > 0 ? std::string(reinterpret_cast<char*>(data), static_cast<std::size_t>(size)) : "";
    OPENSSL_free(data);
    return der;
}

} // namespace

tl::expected<Certificate, Problem<CertificateError>> Certificate::parse(std::string_view der) {
    if (der.size() > longestDer) {
        return tl::unexpected(problem(CertificateError::tooLong));
    }
    const ErrorQueue errors;
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    const unsigned char* const end = at + der.size();
    Certificate certificate;
    certificate.x509_ = std::shared_ptr<X509>(d2i_X509(nullptr, &at, static_cast<long>(der.size())), X509_free);
    X509* x509 = certificate.x509_.get();
    const EVP_PKEY* key = x509 == nullptr || at != end ? nullptr : X509_get0_pubkey(x509);
    const auto begin = key == nullptr ? std::nullopt : timeOf(X509_get0_notBefore(x509));
    const auto until = key == nullptr ? std::nullopt : timeOf(X509_get0_notAfter(x509));
    if (!begin || !until) {
        return tl::unexpected(problem(CertificateError::malformed));
    }
    certificate.der_ = der;
    certificate.publicKey_ = publicKeyOf(x509);
    certificate.names_ = namesOf(x509);
    certificate.notBefore_ = *begin;
    certificate.notAfter_ = *until;
    certificate.keyType_ = keyTypeOf(key);
    certificate.bits_ = EVP_PKEY_get_bits(key);
    return certificate;
}

std::string Certificate::issuer() const {
    const X509_NAME* name = X509_get_issuer_name(x509_.get());
    for (const int nid : {NID_commonName, NID_organizationName}) {
        if (const ASN1_STRING* entry = entryOf(name, nid)) {
            return textOf(entry).substr(0, longestQuote);
        }
    }
    return {};
}

std::string Certificate::publicKeyDigest() const {
    return sha256Hex(publicKey_);
}

bool Certificate::isFor(const DomainName& host) const {
    const ErrorQueue errors;
    const std::string& name = host.toString();
    return X509_check_host(x509_.get(), name.data(), name.size(),
                           X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT, nullptr) == 1;
}

} // namespace sealwright
