#include "live/mailboxname.h"

#include <gtest/gtest.h>

namespace sealwright {
namespace {

TEST(MailboxName, GoesOverImapInModifiedUtf7) {
    const std::pair<std::string, std::string> names[] = {
        {"INBOX", "INBOX"},
        {"Entwürfe", "Entw&APw-rfe"},
        {"Courrier indésirable", "Courrier ind&AOk-sirable"},
        {"Tom & Jerry", "Tom &- Jerry"},
        {"~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"}, // RFC 3501 section 5.1.3
        {"迷惑メール", "&j,dg0TDhMPww6w-"},
        {"post 📬", "post &2D3c7A-"},
        {"ü&ü", "&APw-&-&APw-"},
        {"", ""},
    };
    for (const auto& [utf8, name] : names) {
        EXPECT_EQ(encodeMailboxName(utf8), name);
        EXPECT_EQ(decodeMailboxName(name), utf8);
    }
}

TEST(MailboxName, StaysAsItIsWhereItIsNotEncodedSo) {
    for (const char* name :
         {"A & B", "A&B", "&AP-", "&!!-", "&AP w-", "&2D0-", "&3Kw-", "&2D0AQQ-", "Entw\xc3\xbcrfe"}) {
        EXPECT_EQ(decodeMailboxName(name), name);
    }
    for (const char* broken : {"\xff", "\xc3", "\xc0\x80", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\x80"}) {
        EXPECT_TRUE(encodeMailboxName(broken).starts_with("&,")) << encodeMailboxName(broken); // U+FFFD
    }
}

} // namespace
} // namespace sealwright
