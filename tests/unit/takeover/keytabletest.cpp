#include "takeover/keytable.h"

#include <gtest/gtest.h>

namespace sealwright::takeover {
namespace {

TEST(KeyTable, HasDomainSelectorAndPathOfEachRow) {
    const KeyTable table =
        parseKeyTable("# keys\n"
                      "\n"
                      "mail._domainkey.example.org Example.org:Mail:/etc/dkimkeys/example.org/mail.private\r\n"
                      "\tk2   example.net : s1 : /etc/dkimkeys/s1 key.pem \n"
                      "all %:default:/etc/dkimkeys/default.private");
    EXPECT_EQ(table.firstBroken, 0U);
    EXPECT_FALSE(table.holdsKeys);
    const std::vector<KeyTableRow> expected{
        {*DomainName::parse("example.org"), *Selector::parse("mail"), "/etc/dkimkeys/example.org/mail.private"},
        {*DomainName::parse("example.net"), *Selector::parse("s1"), "/etc/dkimkeys/s1 key.pem"},
        {std::nullopt, *Selector::parse("default"), "/etc/dkimkeys/default.private"}};
    EXPECT_EQ(table.rows, expected);
}

TEST(KeyTable, GoesOnAfterABrokenRow) {
    const KeyTable table = parseKeyTable("a example.org:mail\n"
                                         "b example.org\n"
                                         "c\n"
                                         "d -:mail:/k\n"
                                         "e example.org:ma_il:/k\n"
                                         "f example.org:mail:\n"
                                         "g example.org:mail:" +
                                         std::string(10'000, 'x') +
                                         "\n"
                                         "h example.org:mail:/k\n");
    EXPECT_EQ(table.firstBroken, 1U);
    ASSERT_EQ(table.rows.size(), 1U);
    EXPECT_EQ(table.rows[0].path, "/k");
}

TEST(KeyTable, KeepsNoKeyThatStandsInIt) {
    for (const char* key :
         {"-----BEGIN RSA PRIVATE KEY-----", "LS0tLS1CRUdJTiBQUklWQVRF", "MIIEvgIBADANBgkqhkiG9w0B"}) {
        const KeyTable table = parseKeyTable(std::string("a example.org:mail:") + key);
        EXPECT_TRUE(table.holdsKeys);
        EXPECT_TRUE(table.rows.empty());
    }
}

TEST(KeyTable, IsNothingElse) {
    for (const std::string& text : {std::string(), std::string("\n\n"), std::string("Socket inet:8891@127.0.0.1"),
                                    std::string("mail:/etc/x: y:z"), std::string(5000, '\0'), std::string(5000, ':')}) {
        EXPECT_TRUE(parseKeyTable(text).rows.empty()) << text.substr(0, 40);
    }
}

} // namespace
} // namespace sealwright::takeover
