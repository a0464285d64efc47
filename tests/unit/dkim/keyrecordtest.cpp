#include "dkim/keyrecord.h"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealwright::dkim {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

const std::string ed25519Key = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="; // RFC 8463 appendix A.2

TEST(KeyRecord, PrintsWhatIsRead) {
    KeyRecord record;
    record.type = KeyType::ed25519;
    record.publicKey = ed25519Key;
    EXPECT_EQ(record.toString(), "v=DKIM1; k=ed25519; p=" + ed25519Key);
    EXPECT_EQ(KeyRecord::parse(record.toString()), record);

    record.hashes = {"sha256", "sha1"};
    record.services = {"email", "*"};
    record.flags = {"y", "s"};
    record.notes = "for=20tests";
    record.others = {{"g", "*"}, {"x1", "new"}};
    EXPECT_EQ(KeyRecord::parse(record.toString()), record);
}

TEST(KeyRecord, OfAKeyWeMakeIsReadBack) {
    for (const KeyAlgorithm algorithm : {KeyAlgorithm::rsa2048, KeyAlgorithm::ed25519}) {
        KeyRecord record;
        record.type = typeOf(algorithm);
        record.publicKey = KeyPair::generate(algorithm)->publicKey();
        EXPECT_EQ(KeyRecord::parse(record.toString()), record);
    }
}

TEST(KeyRecord, TakesWhiteSpaceAndLeavesOutDefaults) {
    const auto record = KeyRecord::parse("k = ed25519 ;\r\n\t p = 11qYAYKxCrfVS/7TyWQH\r\n Og7hcvPapiMlrwIaaPcHURo= ;");
    ASSERT_TRUE(record);
    EXPECT_EQ(record->publicKey, ed25519Key);
    EXPECT_EQ(record->type, KeyType::ed25519);
    EXPECT_EQ(KeyRecord::parse("p=")->type, KeyType::rsa);
}

TEST(KeyRecord, SaysWhatItIsGoodFor) {
    const auto with = [](const std::string& tags) { return *KeyRecord::parse(tags + "k=ed25519; p=" + ed25519Key); };
    EXPECT_TRUE(with("v=DKIM1; ").allowsMail());
    EXPECT_TRUE(with("h=sha1:sha256; s=email; ").allowsMail());
    EXPECT_TRUE(with("s=*; g=*; ").allowsMail());
    EXPECT_FALSE(with("h=sha1; ").allowsMail());
    EXPECT_FALSE(with("s=tlsrpt; ").allowsMail());
    EXPECT_TRUE(with("t=s:y; ").isTesting());
    EXPECT_FALSE(with("t=s; ").isTesting());
    EXPECT_TRUE(KeyRecord::parse("v=DKIM1; p=")->isRevoked());
}

TEST(KeyRecord, RefusesWhatVerifiersCannotUse) {
    const std::pair<std::string, KeyRecordError> broken[] = {
        {"", KeyRecordError::badTagList},
        {"hello", KeyRecordError::badTagList},
        {"v=DKIM1; p=; p=", KeyRecordError::badTagList},
        {"v=DKIM2; p=", KeyRecordError::badVersion},
        {"k=rsa; v=DKIM1; p=", KeyRecordError::badVersion},
        {"v=dkim1; p=", KeyRecordError::badVersion},
        {"v=DKIM1; k=dsa; p=", KeyRecordError::badKeyType},
        {"v=DKIM1; k=rsa;", KeyRecordError::missingKey},
        {"v=DKIM1; p=BARF", KeyRecordError::badKey},
        {"v=DKIM1; p=***", KeyRecordError::badKey},
        {"v=DKIM1; p=" + ed25519Key, KeyRecordError::badKey},                          // k= forgotten
        {"v=DKIM1; k=ed25519; p=" + ed25519Key.substr(0, 40), KeyRecordError::badKey}, // cut off
        {"v=DKIM1; p=" + std::string(65'536, 'A'), KeyRecordError::tooLong},
    };
    for (const auto& [text, code] : broken) {
        const auto record = KeyRecord::parse(text);
        ASSERT_FALSE(record) << text.substr(0, 60);
        EXPECT_EQ(record.error().code, code) << text.substr(0, 60);
    }
}

TEST(KeyRecord, RefusesAKeyThatIsCutOffOrHasMoreBehindIt) {
    const std::string key = KeyPair::generate(KeyAlgorithm::rsa2048)->publicKey();
    for (const std::string& text : {key.substr(0, 255), key.substr(0, key.size() - 4), key + "AAAA"}) {
        EXPECT_FALSE(KeyRecord::parse("v=DKIM1; p=" + text)) << text.size();
    }
}

// What other projects test with is read, but for what is broken on purpose.
TEST(KeyRecord, ReadsTheKeysOfOtherProjects) {
    int read = 0;
    std::vector<std::string> refused;
    for (const auto& entry : std::filesystem::directory_iterator(SEALWRIGHT_TEST_DATA "/dkim")) {
        std::ifstream file(entry.path(), std::ios::binary);
        for (std::string line; entry.path().string().ends_with("-keys.tsv") && std::getline(file, line);) {
            const std::string text = line.substr(line.find('\t') + 1);
            if (text == "NXDOMAIN" || text == "SERVFAIL" || text == "TIMEOUT") {
                continue;
            }
            if (const auto record = KeyRecord::parse(text)) {
                ++read;
                EXPECT_EQ(KeyRecord::parse(record->toString()), *record) << line;
            } else {
                refused.push_back(line.substr(0, line.find('\t')));
            }
        }
    }
    EXPECT_GT(read, 20);
    EXPECT_THAT(refused, ::testing::UnorderedElementsAre(
                             "testbad1._domainkey.messiah.edu", "testbad3._domainkey.messiah.edu",
                             "revoked._domainkey.revokedkey.za.org", "testdkim._domainkey.asdf.rspamd.tk",
                             "testdkim._domainkey.rspamd.tk", "testdkim1._domainkey.yoni.za.org"));
}

} // namespace
} // namespace sealwright::dkim
