#include "message/mailboxes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealwright::message {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Mailboxes, TellsAddressesFromWhatStandsAroundThem) {
    EXPECT_THAT(mailboxDomains(" joe@example.org"), ElementsAre("example.org"));
    EXPECT_THAT(mailboxDomains("Joe <joe@example.org>"), ElementsAre("example.org"));
    EXPECT_THAT(mailboxDomains("<joe@other.example> <joe@example.org>"), ElementsAre("other.example", "example.org"));
    EXPECT_THAT(mailboxDomains("\"boss@bank.example, Joe\" <joe@example.org>"), ElementsAre("example.org"));
    EXPECT_THAT(mailboxDomains("boss@bank.example <joe@example.org>"), ElementsAre("example.org"));
    EXPECT_THAT(mailboxDomains("(boss@bank.example (and) \\) more) joe@example.org (x)"), ElementsAre("example.org"));
    EXPECT_THAT(mailboxDomains("\"a \\\" <b@bank.example>\"@example.org"), ElementsAre("example.org"));
    EXPECT_THAT(mailboxDomains("Joe\r\n\t<joe@\r\n example.org>"), ElementsAre("example.org"));
    EXPECT_THAT(mailboxDomains("<@relay.example,@b.example:joe@example.org>"), ElementsAre("example.org"));
    EXPECT_THAT(mailboxDomains("=?utf-8?q?M=C3=BCller=2C_Jan?= <j@example.org>"), ElementsAre("example.org"));
}

TEST(Mailboxes, ReadsSeveralAndGroups) {
    EXPECT_THAT(mailboxDomains("a@one.example, B <b@two.example>"), ElementsAre("one.example", "two.example"));
    EXPECT_THAT(mailboxDomains("Team: a@one.example, b@two.example;"), ElementsAre("one.example", "two.example"));
    EXPECT_THAT(mailboxDomains("undisclosed-recipients:;"), IsEmpty());
}

TEST(Mailboxes, TakesWhatIsBroken) {
    EXPECT_THAT(mailboxDomains(""), IsEmpty());
    EXPECT_THAT(mailboxDomains("Joe"), ElementsAre(""));
    EXPECT_THAT(mailboxDomains("<>"), ElementsAre(""));
    EXPECT_THAT(mailboxDomains("joe@"), ElementsAre(""));
    EXPECT_THAT(mailboxDomains("\"never ended <a@example.org>"), ElementsAre(""));
    EXPECT_THAT(mailboxDomains("Joe <joe@example.org"), ElementsAre("example.org"));
    EXPECT_THAT(mailboxDomains(std::string(100'000, '(')), IsEmpty());
}

} // namespace
} // namespace sealwright::message
