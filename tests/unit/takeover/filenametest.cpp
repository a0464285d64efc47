#include "takeover/filename.h"

#include <gtest/gtest.h>

namespace sealwright::takeover {
namespace {

struct Read {
    std::string path;
    std::string top;
    std::string selector;
    bool namesOurs;
    std::string other;
};

class Name : public testing::TestWithParam<Read> {};

TEST_P(Name, TellsDomainAndSelector) {
    const auto& [path, top, selector, namesOurs, other] = GetParam();
    const FileName name = readFileName(path, top, *DomainName::parse("example.org"));
    EXPECT_EQ(name.selector ? name.selector->toString() : "", selector) << path;
    EXPECT_EQ(name.namesOurs, namesOurs) << path;
    EXPECT_EQ(name.other ? name.other->toString() : "", other) << path;
}

INSTANTIATE_TEST_SUITE_P(
    Of, Name,
    testing::Values(
        Read{"example.org/mail.private", "dkim", "mail", true, ""},
        Read{"Example.ORG/Mail.PRIVATE", "dkim", "mail", true, ""},
        Read{"mail.private", "example.org", "mail", true, ""},
        Read{"old/mail.private", "example.org", "mail", true, ""},
        Read{"example.org.mail.key", "dkim", "mail", true, ""}, Read{"mail.example.org.pem", "dkim", "mail", true, ""},
        Read{"mail._domainkey.example.org.pem", "dkim", "mail", true, ""},
        Read{"example.org-mail.pem", "dkim", "mail", true, ""},
        Read{"example.org_s2024.private.key", "dkim", "s2024", true, ""}, Read{"example.org.pem", "dkim", "", true, ""},
        Read{"mail._domainkey.example.org .pem", "dkim", "", true, ""},
        Read{"mail/example.org.private", "dkim", "", true, ""}, Read{"example.org/private.pem", "dkim", "", true, ""},
        Read{"mail.private", "dkim", "mail", false, ""}, Read{"dkim.private.key", "exim4", "dkim", false, ""},
        Read{"202403.pem", "dkim", "202403", false, ""}, Read{"mail.private", "mx1.example.net", "mail", false, ""},
        Read{"example.net/mail.private", "dkim", "mail", false, "example.net"},
        Read{"example.net/mail.private", "example.org", "mail", false, "example.net"},
        Read{"example.net.pem", "dkim", "example.net", false, "example.net"},
        Read{"mail._domainkey.example.net", "dkim", "", false, "example.net"},
        Read{"notexample.org.pem", "dkim", "notexample.org", false, "notexample.org"},
        Read{"bad name.pem", "dkim", "", false, ""}, Read{".pem", "", "", false, ""}, Read{"", "", "", false, ""}));

TEST(Name, OfAnInternationalDomainIsReadInBothForms) {
    const DomainName domain = *DomainName::parse("m\u00fcnchen.example");
    EXPECT_TRUE(readFileName("m\u00fcnchen.example/mail.pem", "dkim", domain).namesOurs);
    EXPECT_TRUE(readFileName("xn--mnchen-3ya.example.mail.pem", "dkim", domain).namesOurs);
    EXPECT_TRUE(readFileName("m\u00fcnchen.example.mail.pem", "dkim", domain).namesOurs);
}

TEST(Name, OfAFolderMayBeASelector) {
    const FileName name = readFileName("2024/example.org.private", "keys2024", *DomainName::parse("example.org"));
    ASSERT_EQ(name.folders.size(), 2U);
    EXPECT_EQ(name.folders[0].toString(), "2024");
    EXPECT_EQ(name.folders[1].toString(), "keys2024");
}

} // namespace
} // namespace sealwright::takeover
