#include "madecertificate.h"

#include "base/base64.h"

#include <cstdlib>
#include <memory>
#include <openssl/evp.h>
#include <openssl/x509v3.h>

namespace sealwright::test {
namespace {

void need(bool done) {
    if (!done) {
        std::abort();
    }
}

template <class T, class Print>
std::string derOf(const T* object, Print print) {
    unsigned char* data = nullptr;
    const int size = print(object, &data);
    need(size > 0);
    std::string der(reinterpret_cast<char*>(data), static_cast<std::size_t>(size));
    OPENSSL_free(data);
    return der;
}

void addNames(X509* x509, const std::vector<std::string>& names) {
    const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> all(GENERAL_NAMES_new(), GENERAL_NAMES_free);
    for (const std::string& name : names) {
        ASN1_IA5STRING* string = ASN1_IA5STRING_new();
        need(ASN1_STRING_set(string, name.data(), static_cast<int>(name.size())) == 1);
        GENERAL_NAME* entry = GENERAL_NAME_new();
        GENERAL_NAME_set0_value(entry, GEN_DNS, string);
        need(sk_GENERAL_NAME_push(all.get(), entry) > 0);
    }
    need(X509_add1_ext_i2d(x509, NID_subject_alt_name, all.get(), 0, 0) == 1);
}

} // namespace

std::string pemBlock(std::string_view label, std::string_view octets) {
    std::string text = "-----BEGIN " + std::string(label) + "-----\n";
    const std::string base64 = base64Encode(octets);
    for (std::size_t at = 0; at < base64.size(); at += 64) {
        text += base64.substr(at, 64) + '\n';
    }
    return text + "-----END " + std::string(label) + "-----\n";
}

std::string MadeCertificate::pem() const {
    return pemBlock("CERTIFICATE", der);
}

MadeCertificate makeCertificate(const CertificateParts& parts) {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> x509(X509_new(), X509_free);
    need(key && x509 && X509_set_version(x509.get(), X509_VERSION_3) == 1);
    need(ASN1_INTEGER_set(X509_get_serialNumber(x509.get()), 1) == 1);
    need(ASN1_TIME_set_string_X509(X509_getm_notBefore(x509.get()), parts.notBefore.c_str()) == 1);
    need(ASN1_TIME_set_string_X509(X509_getm_notAfter(x509.get()), parts.notAfter.c_str()) == 1);
    X509_NAME* subject = X509_get_subject_name(x509.get());
    if (!parts.commonName.empty()) {
        const auto* const octets = reinterpret_cast<const unsigned char*>(parts.commonName.data());
        need(X509_NAME_add_entry_by_NID(subject, NID_commonName, MBSTRING_UTF8, octets,
                                        static_cast<int>(parts.commonName.size()), -1, 0) == 1);
    }
    need(X509_set_issuer_name(x509.get(), subject) == 1);
    need(X509_set_pubkey(x509.get(), key.get()) == 1);
    if (!parts.names.empty()) {
        addNames(x509.get(), parts.names);
    }
    need(X509_sign(x509.get(), key.get(), EVP_sha256()) > 0);
    return {derOf(x509.get(), i2d_X509), derOf(X509_get_X509_PUBKEY(x509.get()), i2d_X509_PUBKEY)};
}

} // namespace sealwright::test
