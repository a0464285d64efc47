#include "takeover/publichalf.h"

#include <fstream>
#include <gtest/gtest.h>

namespace sealwright::takeover {
namespace {

// RFC 8463 appendix A.2
constexpr std::string_view publicKey = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

std::string recordFile(const std::string& name, const std::string& comment = {}) {
    return name + "\tIN\tTXT\t( \"v=DKIM1; h=sha256; k=ed25519; \"\n\t  \"p=" + std::string(publicKey.substr(0, 20)) +
           "\"\n\t  \"" + std::string(publicKey.substr(20)) + "\" )  " + comment;
}

TEST(RecordFile, NamesSelectorAndDomain) {
    const auto genkey = readRecordFile(recordFile("mail._domainkey", "; ----- DKIM key mail for example.org\n"));
    ASSERT_TRUE(genkey);
    EXPECT_EQ(genkey->publicKey, publicKey);
    EXPECT_EQ(genkey->selector, *Selector::parse("mail"));
    EXPECT_EQ(genkey->domain, *DomainName::parse("example.org"));
    EXPECT_EQ(readRecordFile(recordFile("mail._domainkey.example.net."))->domain, *DomainName::parse("example.net"));
    const auto rspamd = readRecordFile(recordFile("mail._domainkey", ";\n"));
    ASSERT_TRUE(rspamd);
    EXPECT_FALSE(rspamd->domain);
}

TEST(RecordFile, IsNothingElse) {
    for (const std::string& text :
         {std::string(), std::string("mail._domainkey"), std::string("mail._domainkey IN TXT \"v=DKIM1; p=\""),
          std::string("mail._domainkey IN TXT \"v=DKIM1; p=x"), recordFile("ma il._domainkey"),
          recordFile("._domainkey"), std::string(100'000, '"')}) {
        EXPECT_FALSE(readRecordFile(text)) << text.substr(0, 60);
    }
}

TEST(PublicPem, IsToldToBeAHalf) {
    std::ifstream in(SEALWRIGHT_TEST_DATA "/keys/public.pem", std::ios::binary);
    const std::string pem{std::istreambuf_iterator<char>(in), {}};
    const auto half = readPublicPem(pem);
    ASSERT_TRUE(half);
    EXPECT_TRUE(isHalfOf(*half, half->publicKey));
    EXPECT_FALSE(isHalfOf(*half, std::string(publicKey)));
    EXPECT_FALSE(readPublicPem(pem.substr(0, pem.size() - 30)));
    const auto ed25519 = readPublicPem("-----BEGIN PUBLIC KEY-----\n"
                                       "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"
                                       "-----END PUBLIC KEY-----\n");
    ASSERT_TRUE(ed25519);
    EXPECT_TRUE(isHalfOf(*ed25519, std::string(publicKey)));
}

} // namespace
} // namespace sealwright::takeover
