#include "tls/certificate.h"

#include "support/fakeresolver.h"
#include "support/madecertificate.h"

#include "base/digest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealwright {
namespace {

using namespace std::string_literals;
using test::dnsName;
using test::makeCertificate;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Certificate certificateFor(const std::vector<std::string>& names, const std::string& commonName = {}) {
    return Certificate::parse(makeCertificate({.names = names, .commonName = commonName}).der).value();
}

TEST(Certificate, TellsWhatItSays) {
    const auto made = makeCertificate({.names = {"Mail.example.org", "*.example.net"}, .commonName = "other.example"});
    const auto certificate = Certificate::parse(made.der);
    ASSERT_TRUE(certificate);
    using namespace std::chrono;
    EXPECT_THAT(certificate->names(), ElementsAre("mail.example.org", "*.example.net"));
    EXPECT_EQ(certificate->notBefore(), sys_days(2026y / 1 / 1));
    EXPECT_EQ(certificate->notAfter(), sys_days(2027y / 1 / 1));
    EXPECT_EQ(certificate->keyType(), CertificateKey::ecdsa);
    EXPECT_EQ(certificate->bits(), 256);
    EXPECT_EQ(certificate->issuer(), "other.example");
    EXPECT_EQ(certificate->der(), made.der);
    EXPECT_EQ(certificate->publicKey(), made.publicKey);
    EXPECT_EQ(certificate->publicKeyDigest(), sha256Hex(made.publicKey));
}

TEST(Certificate, IsForNamesOfTheSubjectAltNameOnly) { // RFC 8461 section 4.1
    EXPECT_THAT(certificateFor({}, "mail.example.org").names(), IsEmpty());
    EXPECT_FALSE(certificateFor({}, "mail.example.org").isFor(dnsName("mail.example.org")));
    EXPECT_FALSE(certificateFor({"a.example.org"}, "mail.example.org").isFor(dnsName("mail.example.org")));
    EXPECT_THAT(certificateFor({}).names(), IsEmpty());
}

// RFC 9525 section 6.3
TEST(Certificate, IsForTheNamesItHolds) {
    struct {
        std::string name, host;
        bool isFor;
    } const table[] = {
        {"mail.example.org", "mail.example.org", true},
        {"MAIL.Example.ORG", "mail.example.org", true},
        {"example.org", "mail.example.org", false},
        {"*.example.org", "mail.example.org", true},
        {"*.example.org", "example.org", false},
        {"*.example.org", "a.mail.example.org", false},
        {"m*.example.org", "mail.example.org", false},
        {"mail.*.org", "mail.example.org", false},
        {"*", "mail.example.org", false},
        {"mail.example.org\0.evil.example"s, "mail.example.org", false},
        {"mail.example.org.evil.example", "mail.example.org", false},
        {"xn--mil-pla.example.org", "xn--mil-pla.example.org", true},
    };
    for (const auto& [name, host, isFor] : table) {
        EXPECT_EQ(certificateFor({name}).isFor(dnsName(host)), isFor) << name << ' ' << host;
    }
}

TEST(Certificate, LeavesOutNamesThatWouldDeceive) {
    EXPECT_THAT(certificateFor({"a.example.org\0.b.example"s, "c.example\n", "", "d.example"}).names(),
                ElementsAre("d.example"));
}

TEST(Certificate, RefusesWhatIsNone) {
    const std::string good = makeCertificate({.names = {"mail.example.org"}}).der;
    for (const std::string& der : {""s, "hello"s, good.substr(0, good.size() - 1), good + "x", "\x30\x80"s}) {
        EXPECT_EQ(Certificate::parse(der).error().code, CertificateError::malformed);
    }
    EXPECT_EQ(Certificate::parse(std::string(65'537, '0')).error().code, CertificateError::tooLong);
}

TEST(CertificateFile, GivesTheChainInItsOrder) {
    const auto first = makeCertificate({.names = {"mail.example.org"}});
    const auto second = makeCertificate({.commonName = "An authority"});
    const std::string key = test::pemBlock("PRIVATE KEY", "nobody looks at it");
    const auto chain = readCertificates("notes\n" + first.pem() + key + second.pem());
    ASSERT_TRUE(chain);
    EXPECT_THAT(*chain, ElementsAre(Certificate::parse(first.der).value(), Certificate::parse(second.der).value()));
    std::string windows = first.pem();
    for (std::size_t at = 0; (at = windows.find('\n', at)) != std::string::npos; at += 2) {
        windows.insert(at, 1, '\r');
    }
    EXPECT_TRUE(readCertificates(windows));
}

TEST(CertificateFile, SaysWhatIsThereInstead) {
    const std::string good = makeCertificate({.names = {"mail.example.org"}}).pem();
    std::string many;
    for (int i = 0; i < 101; ++i) {
        many += good;
    }
    struct {
        std::string text;
        CertificateError code;
    } const table[] = {
        {"", CertificateError::noCertificate},
        {"-----BEGIN CERTIFICATE", CertificateError::noCertificate},
        {test::pemBlock("PRIVATE KEY", "x"), CertificateError::privateKeyOnly},
        {test::pemBlock("RSA PRIVATE KEY", "x"), CertificateError::privateKeyOnly},
        {test::pemBlock("ENCRYPTED PRIVATE KEY", "x"), CertificateError::privateKeyOnly},
        {test::pemBlock("PUBLIC KEY", "x"), CertificateError::publicKeyOnly},
        {test::pemBlock("CERTIFICATE REQUEST", "x"), CertificateError::publicKeyOnly},
        {test::pemBlock("CERTIFICATE", "x"), CertificateError::malformed},
        {good.substr(0, good.size() / 2 / 64 * 64 + 1), CertificateError::notBase64},
        {many, CertificateError::tooLong},
        {std::string((1U << 20U) + 1, ' '), CertificateError::tooLong},
    };
    for (const auto& [text, code] : table) {
        const auto chain = readCertificates(text);
        ASSERT_FALSE(chain) << text;
        EXPECT_EQ(chain.error().code, code) << text;
    }
}

} // namespace
} // namespace sealwright
