#include "dane/tlsa.h"

#include "support/fakeresolver.h"
#include "support/madecertificate.h"
#include "tls/certificate.h"

#include <gtest/gtest.h>

namespace sealwright::dane {
namespace {

using namespace std::string_literals;
using test::makeCertificate;

const std::string digest(64, 'a'); // of SHA-256, in hex

TEST(Tlsa, PrintsWhatIsRead) {
    for (const std::string& text : {"3 1 1 " + digest, "2 0 2 " + digest + digest, "0 0 0 30"s, "255 254 253 00"s}) {
        const auto record = Tlsa::fromPresentation(text);
        ASSERT_TRUE(record) << text;
        EXPECT_EQ(record->toString(), text);
        const std::string wire = test::wireRdata(RecordType::tlsa, text);
        EXPECT_EQ(Tlsa::parse(wire), *record) << text;
    }
    EXPECT_EQ(Tlsa::fromPresentation(" 3\t1 1  " + std::string(32, 'A') + " " + std::string(32, 'a'))->toString(),
              "3 1 1 " + digest);
}

TEST(Tlsa, SaysWhyItIsNone) {
    struct {
        std::string text;
        TlsaError code;
    } const table[] = {
        {"", TlsaError::badNumber},          {"3 1", TlsaError::badNumber},
        {"3 1 x 00", TlsaError::badNumber},  {"256 1 1 " + digest, TlsaError::badNumber},
        {"-1 1 1 00", TlsaError::badNumber}, {"3 1 0", TlsaError::tooShort},
        {"3 1 1 abcd", TlsaError::badData},  {"3 1 2 " + digest, TlsaError::badData},
        {"3 1 0 abc", TlsaError::badData},   {"3 1 0 xy", TlsaError::badData},
    };
    for (const auto& [text, code] : table) {
        const auto record = Tlsa::fromPresentation(text);
        ASSERT_FALSE(record) << text;
        EXPECT_EQ(record.error().code, code) << text;
    }
    EXPECT_EQ(Tlsa::parse("\3\1"s).error().code, TlsaError::tooShort);
    EXPECT_EQ(Tlsa::parse("\3\1\1"s).error().code, TlsaError::tooShort);
    EXPECT_EQ(Tlsa::parse("\3\1\1abc"s).error().code, TlsaError::badData);
}

// RFC 7672 section 3.1.3
TEST(Tlsa, IsUsableForSmtpOnlyWithoutAuthoritiesOfTheWeb) {
    EXPECT_TRUE(Tlsa::fromPresentation("3 1 1 " + digest)->isUsableForSmtp());
    EXPECT_TRUE(Tlsa::fromPresentation("2 0 0 30")->isUsableForSmtp());
    for (const std::string& text : {"0 1 1 " + digest, "1 1 1 " + digest, "3 2 1 " + digest, "3 1 3 00"s}) {
        EXPECT_FALSE(Tlsa::fromPresentation(text)->isUsableForSmtp()) << text;
    }
}

TEST(Tlsa, IsMadeOfAKeysDigest) {
    const auto made = makeCertificate({.names = {"mail.example.org"}});
    const std::string keyDigest = Certificate::parse(made.der)->publicKeyDigest();
    EXPECT_EQ(forPublicKey(keyDigest)->toString(), "3 1 1 " + keyDigest);
    EXPECT_FALSE(forPublicKey("abcd"));
    EXPECT_EQ(tlsaName(test::dnsName("mail.example.org"))->toString(), "_25._tcp.mail.example.org");
}

} // namespace
} // namespace sealwright::dane
