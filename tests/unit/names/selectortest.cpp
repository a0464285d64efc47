#include "names/selector.h"

#include <gtest/gtest.h>

namespace sealwright {
namespace {

using namespace std::chrono_literals;

TEST(Selector, IsLowerCaseLabels) {
    EXPECT_EQ(Selector::parse("S202611")->toString(), "s202611");
    EXPECT_EQ(Selector::parse("mail.2026-11")->toString(), "mail.2026-11");
    EXPECT_EQ(Selector::parse(std::string(63, 'a'))->toString(), std::string(63, 'a'));
}

TEST(Selector, NamesItsMonth) {
    const std::chrono::sys_seconds when = std::chrono::sys_days(std::chrono::November / 24 / 2026) + 23h;
    EXPECT_EQ(Selector::forMonth('s', when).toString(), "s202611");
    EXPECT_EQ(Selector::parse(Selector::forMonth('e', when).toString()), Selector::forMonth('e', when));
}

TEST(Selector, NamesItsKeyInTheDomain) {
    const auto domain = *DomainName::parse("example.org");
    EXPECT_EQ(dkimKeyName(*Selector::parse("s1"), domain)->toString(), "s1._domainkey.example.org");
    const auto longest = *DomainName::parse(std::string(63, 'a') + "." + std::string(63, 'b') + "." +
                                            std::string(63, 'c') + "." + std::string(50, 'd') + ".org");
    EXPECT_EQ(dkimKeyName(*Selector::parse("s1"), longest).error().code, DomainNameError::nameTooLong);
}

} // namespace
} // namespace sealwright
