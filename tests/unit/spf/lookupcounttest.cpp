#include "spf/lookupcount.h"

#include "support/fakeresolver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealwright::spf {
namespace {

using test::dnsName;
using test::FakeResolver;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

LookupCount count(std::string_view record, FakeResolver& resolver) {
    return countLookups(dnsName("example.org"), *Record::parse(record), resolver, {});
}

TEST(LookupCount, CountsTheTermsThatAskTheDns) {
    FakeResolver resolver;
    EXPECT_EQ(count("v=spf1 ip4:192.0.2.1 ip6:2001:db8::1 -all", resolver).terms, 0);
    EXPECT_EQ(count("v=spf1 a mx ptr exists:%{i}.example.org exp=x.example.org -all", resolver).terms, 4);
    EXPECT_EQ(count("v=spf1 -all a mx redirect=x.example.org", resolver).terms, 0); // never looked at
    EXPECT_EQ(resolver.rounds(), 0);
}

TEST(LookupCount, FollowsIncludesLevelByLevel) {
    FakeResolver resolver("a.example.net TXT v=spf1 include:c.example.net mx -all\n"
                          "b.example.net TXT v=spf1 redirect=d.example.net\n"
                          "c.example.net TXT v=spf1 a -all\n"
                          "d.example.net TXT v=spf1 ip4:192.0.2.1 -all");
    const LookupCount total = count("v=spf1 include:a.example.net include:B.Example.NET -all", resolver);
    EXPECT_EQ(total.terms, 6);
    EXPECT_THAT(total.unusable, IsEmpty());
    EXPECT_EQ(resolver.rounds(), 2);
}

TEST(LookupCount, CountsNamesWithMacrosWithoutAskingForThem) {
    FakeResolver resolver;
    EXPECT_EQ(count("v=spf1 include:%{d}.example.net redirect=%{i}.example.net", resolver).terms, 2);
    EXPECT_EQ(resolver.rounds(), 0);
}

TEST(LookupCount, NamesWhatCannotBeUsed) {
    FakeResolver resolver("two.example.net TXT v=spf1 -all\ntwo.example.net TXT v=spf1 a -all\n"
                          "bad.example.net TXT v=spf1 ip4:nonsense -all\n"
                          "other.example.net TXT hello");
    const auto total = count("v=spf1 include:two.example.net include:bad.example.net include:other.example.net "
                             "include:none.example.net -all",
                             resolver);
    EXPECT_THAT(total.unusable, SizeIs(4));
}

TEST(LookupCount, KeepsWhatTheDnsDidNotTell) {
    FakeResolver resolver;
    resolver.fail("a.example.net", AnswerStatus::timedOut);
    const auto total = count("v=spf1 include:a.example.net -all", resolver);
    EXPECT_EQ(total.terms, 1);
    EXPECT_THAT(total.unusable, IsEmpty());
    EXPECT_THAT(total.unanswered, SizeIs(1));
}

TEST(LookupCount, EndsWhereRecordsIncludeEachOther) {
    FakeResolver resolver("a.example.net TXT v=spf1 include:b.example.net -all\n"
                          "b.example.net TXT v=spf1 include:a.example.net -all");
    const LookupCount total = count("v=spf1 include:a.example.net -all", resolver);
    EXPECT_GT(total.terms, mostLookups);
    EXPECT_THAT(total.all, SizeIs(6)); // shown once, not over and over
    EXPECT_TRUE(total.all[2].isLoop);
    EXPECT_EQ(resolver.rounds(), 2);
    EXPECT_TRUE(count("v=spf1 redirect=example.org", resolver).all[0].isLoop);
}

TEST(LookupCount, EndsWhereATreeGrowsWithoutBound) {
    std::string fork = "a.example.net TXT v=spf1";
    for (int i = 0; i < 20; ++i) {
        fork += " include:a.example.net";
    }
    FakeResolver resolver(fork);
    EXPECT_GT(count("v=spf1 include:a.example.net -all", resolver).terms, mostLookups);
    EXPECT_LE(resolver.questions().size(), 100U);
}

TEST(LookupCount, SaysWhatEachTermCosts) {
    FakeResolver resolver("a.example.net TXT v=spf1 include:b.example.net mx -all\n"
                          "b.example.net TXT v=spf1 a ip4:192.0.2.1 ?all mx");
    const LookupCount total = count("v=spf1 ip4:192.0.2.2 include:a.example.net redirect=c.example.net ~all", resolver);
    std::vector<std::string> lines;
    for (const CountedTerm& each : total.all) {
        lines.push_back(std::string(static_cast<std::size_t>(each.depth), ' ') + each.term + " " +
                        std::to_string(each.lookups));
    }
    EXPECT_THAT(lines, ElementsAre("ip4:192.0.2.2 0", "include:a.example.net 4", " include:b.example.net 2", "  a 1",
                                   "  ip4:192.0.2.1 0", "  ?all 0", " mx 1", " -all 0", "~all 0"));
    EXPECT_EQ(total.terms, 4);
}

TEST(LookupCount, SaysWhereTheCountMayBeTooLow) {
    FakeResolver resolver("a.example.net TXT v=spf1 include:%{ir}.b.example.net -all");
    const LookupCount total = count("v=spf1 include:a.example.net mx -all", resolver);
    EXPECT_TRUE(total.all[0].isAtLeast);
    EXPECT_FALSE(total.all[3].isAtLeast);
}

TEST(LookupCount, FindsTermsThatNameWhatDoesNotExist) {
    std::string zone =
        "a.example.net TXT v=spf1 a mx -all\na.example.net A 192.0.2.1\nv6.example.net AAAA 2001:db8::1\n";
    for (int i = 0; i < 11; ++i) {
        zone += "many.example.net MX 10 m" + std::to_string(i) + ".example.net\n";
    }
    FakeResolver resolver(zone);
    LookupCount total = count("v=spf1 include:a.example.net a:gone.example.net a:v6.example.net mx:many.example.net "
                              "exists:%{i}.example.net exists:gone.example.net a",
                              resolver);
    lookForVoid(total, resolver, {});
    std::vector<std::string> nowhere;
    for (const CountedTerm& term : total.all) {
        if (term.isVoid == true) {
            nowhere.push_back(term.term);
        }
    }
    EXPECT_THAT(nowhere, ElementsAre("mx", "a:gone.example.net", "exists:gone.example.net", "a"));
    EXPECT_EQ(total.all[6].mxHosts, 11U);
    EXPECT_EQ(resolver.rounds(), 2);
}

TEST(LookupCount, NeverTakesSilenceForAbsence) {
    FakeResolver resolver("v6.example.net AAAA 2001:db8::1");
    resolver.fail("a.example.net", AnswerStatus::timedOut);
    LookupCount total = count("v=spf1 a:a.example.net a:v6.example.net ptr", resolver);
    lookForVoid(total, resolver, {});
    EXPECT_EQ(total.all[0].isVoid, std::nullopt);
    EXPECT_EQ(total.all[1].isVoid, false);
    EXPECT_EQ(total.all[2].isVoid, std::nullopt);
}

TEST(LookupCount, StopsWhenAsked) {
    FakeResolver resolver("a.example.net TXT v=spf1 include:b.example.net -all");
    std::stop_source stop;
    resolver.beforeRound([&stop](int) { stop.request_stop(); });
    EXPECT_LE(
        countLookups(dnsName("example.org"), *Record::parse("v=spf1 include:a.example.net"), resolver, stop.get_token())
            .terms,
        2);
    EXPECT_EQ(resolver.rounds(), 1);
}

} // namespace
} // namespace sealwright::spf
