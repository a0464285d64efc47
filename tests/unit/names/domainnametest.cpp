#include "names/domainname.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealwright {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string repeated(std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) {
        all += text;
    }
    return all;
}

TEST(DomainName, TakesWhatPeopleTypeAndKeepsALabels) {
    const std::pair<std::string, std::string> names[] = {
        {"example.org", "example.org"},
        {"  Example.ORG.\r\n", "example.org"},
        {"a-b.1c.example", "a-b.1c.example"},
        {"bücher.example", "xn--bcher-kva.example"},
        {"BÜCHER.example", "xn--bcher-kva.example"},
        {"bu\u0308cher.example", "xn--bcher-kva.example"}, // not in NFC
        {"straße.example", "xn--strae-oqa.example"},       // not transitional: ß stays ß
        {"例え。テスト。", "xn--r8jz45g.xn--zckzah"},      // ideographic full stops
        {"ｅｘａｍｐｌｅ．ｏｒｇ", "example.org"},         // full-width letters and dot
        {"xn--bcher-kva.example", "xn--bcher-kva.example"},
        {"XN--BCHER-KVA.example", "xn--bcher-kva.example"},
        {std::string(63, 'a') + ".org", std::string(63, 'a') + ".org"},
        {repeated("abcdefg.", 31) + "a.org", repeated("abcdefg.", 31) + "a.org"}, // 253 characters
    };
    for (const auto& [text, name] : names) {
        const auto parsed = DomainName::parse(text);
        ASSERT_TRUE(parsed) << text << ": " << static_cast<int>(parsed.error().code);
        EXPECT_EQ(parsed->toString(), name);
    }
}

TEST(DomainName, ShowsULabelsToPeopleAndReadsThemBack) {
    for (const std::string_view text : {"bücher.example", "straße.example", "例え.テスト", "plain.example"}) {
        const auto name = DomainName::parse(text);
        ASSERT_TRUE(name) << text;
        EXPECT_EQ(name->toUnicode(), text);
        EXPECT_EQ(DomainName::parse(name->toString()), name);
    }
}

TEST(DomainName, PointsAtTheFault) {
    const auto parsed = DomainName::parse("mail.exa$mple.org");
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error(), (Problem<DomainNameError>{DomainNameError::badCharacter, "$", 8}));
}

TEST(DomainName, OfTheDnsMayHoldMoreThanPeopleMayType) {
    for (const std::string_view text : {"_dmarc.example.org", "org", "-a-.example.org", "xn--ls8h.la", "192.0.2.1"}) {
        const auto name = DomainName::parseDns(text);
        ASSERT_TRUE(name) << text;
        EXPECT_EQ(name->toString(), text);
    }
    EXPECT_TRUE(DomainName::parseDns(".")->isRoot());
    EXPECT_FALSE(DomainName::parseDns("a..b"));
    EXPECT_FALSE(DomainName::parseDns("a b.org"));
}

TEST(DomainName, WalksUpToTheRoot) {
    auto at = DomainName::parse("a.example.org");
    std::vector<std::string> seen;
    for (auto name = std::optional(*at); name; name = name->parent()) {
        seen.push_back(name->toString());
    }
    EXPECT_THAT(seen, ElementsAre("a.example.org", "example.org", "org", "."));
    EXPECT_THAT(at->labels(), ElementsAre("a", "example", "org"));
    EXPECT_THAT(DomainName::root().labels(), IsEmpty());
}

TEST(DomainName, ChildIsBelowAndAStrangerIsNot) {
    const auto domain = *DomainName::parse("example.org");
    EXPECT_TRUE(domain.child("_dmarc")->isAtOrBelow(domain));
    EXPECT_TRUE(domain.isAtOrBelow(domain));
    EXPECT_TRUE(domain.isAtOrBelow(DomainName::root()));
    EXPECT_FALSE(DomainName::parse("badexample.org")->isAtOrBelow(domain));
    EXPECT_FALSE(domain.isAtOrBelow(*domain.child("_dmarc")));
    EXPECT_EQ(DomainName::root().child("org")->toString(), "org");
    EXPECT_EQ(DomainName::parse(repeated("abcdefg.", 31) + "org")->child("_dmarc").error().code,
              DomainNameError::nameTooLong);
}

} // namespace
} // namespace sealwright
