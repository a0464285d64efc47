#include "support/testcertificate.h"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdexcept>

namespace sealwright::test {
namespace {

void require(bool worked) {
    if (!worked) {
        throw std::runtime_error("OpenSSL makes no certificate");
    }
}

void extend(X509* certificate, int extension, const std::string& value) {
    X509_EXTENSION* made = X509V3_EXT_conf_nid(nullptr, nullptr, extension, value.c_str());
    require(made != nullptr && X509_add_ext(certificate, made, -1) == 1);
    X509_EXTENSION_free(made);
}

template <class Write>
std::string written(Write write) {
    BIO* bio = BIO_new(BIO_s_mem());
    require(write(bio) == 1);
    char* octets = nullptr;
    const auto size = BIO_get_mem_data(bio, &octets);
    std::string text(octets, static_cast<std::size_t>(size));
    BIO_free(bio);
    return text;
}

void name(X509_NAME* name, const std::string& commonName) {
    require(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                       reinterpret_cast<const unsigned char*>(commonName.c_str()), -1, -1, 0) == 1);
}

long seconds(std::chrono::hours hours) {
    return static_cast<long>(std::chrono::seconds(hours).count());
}

} // namespace

TestCertificate::TestCertificate(const CertificateWish& wish, const TestCertificate* issuer, bool isAuthority)
    : certificate_(X509_new(), X509_free), key_(EVP_EC_gen("P-256"), EVP_PKEY_free) {
    X509* made = certificate_.get();
    require(X509_set_version(made, X509_VERSION_3) == 1 && X509_set_pubkey(made, key()) == 1);
    static long serial = 1;
    ASN1_INTEGER_set(X509_get_serialNumber(made), serial++);
    X509_gmtime_adj(X509_getm_notBefore(made), seconds(wish.begins));
    X509_gmtime_adj(X509_getm_notAfter(made), seconds(wish.ends));
    name(X509_get_subject_name(made), wish.names.front());
    X509_set_issuer_name(made, X509_get_subject_name(issuer == nullptr ? made : issuer->certificate()));
    extend(made, NID_basic_constraints, isAuthority ? "critical,CA:TRUE" : "critical,CA:FALSE");
    if (!isAuthority) {
        std::string names;
        for (const std::string& entry : wish.names) {
            names += (names.empty() ? "DNS:" : ",DNS:") + entry;
        }
        extend(made, NID_subject_alt_name, names);
    }
    require(X509_sign(made, issuer == nullptr ? key() : issuer->key(), EVP_sha256()) > 0);
}

TestCertificate TestCertificate::selfSigned(const CertificateWish& wish) {
    return {wish, nullptr, false};
}

std::string TestCertificate::der() const {
    return written([this](BIO* bio) { return i2d_X509_bio(bio, certificate()); });
}

std::string TestCertificate::pem() const {
    return written([this](BIO* bio) { return PEM_write_bio_X509(bio, certificate()); });
}

std::string TestCertificate::keyPem() const {
    return written(
        [this](BIO* bio) { return PEM_write_bio_PKCS8PrivateKey(bio, key(), nullptr, nullptr, 0, nullptr, nullptr); });
}

TestAuthority::TestAuthority(const std::string& name) : root_({{name}}, nullptr, true) {}

TestCertificate TestAuthority::issue(const CertificateWish& wish) const {
    return {wish, &root_, false};
}

TestAuthority TestAuthority::subordinate(const std::string& name) const {
    return TestAuthority(TestCertificate({{name}}, &root_, true));
}

} // namespace sealwright::test
