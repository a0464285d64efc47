#include "plan/spfplan.h"

#include "support/fakeresolver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealwright {
namespace {

using test::dnsName;
using test::FakeResolver;

Profile profileWithHost() {
    Profile profile(dnsName("example.org"));
    profile.mailHost = dnsName("mail.example.org");
    return profile;
}

std::string wanted(const Profile& profile, std::string_view zone) {
    FakeResolver resolver(zone);
    return wantedSpf(profile, readPublished(profile, resolver, {})).toString();
}

struct Merged {
    std::string record;
    std::vector<PlanNoteCode> notes;
};

Merged merged(std::string_view want, std::string_view zone) {
    FakeResolver resolver(zone);
    const Answer answer = resolver.lookup(dnsName("example.org"), RecordType::txt);
    std::vector<PlanNote> notes;
    Merged result{mergedSpf(*spf::Record::parse(want), &answer, dnsName("example.org"), notes).toString(), {}};
    for (const PlanNote& note : notes) {
        result.notes.push_back(note.code);
    }
    return result;
}

TEST(WantedSpf, LetsTheServerPassThatIsTheMx) {
    const std::string_view zone = "example.org MX 10 mail.example.org.\nmail.example.org A 198.51.100.25";
    EXPECT_EQ(wanted(profileWithHost(), zone), "v=spf1 mx ~all");
    EXPECT_EQ(wanted(Profile(dnsName("example.org")), zone), "v=spf1 mx ~all");
    EXPECT_EQ(wanted(profileWithHost(), ""), "v=spf1 mx ~all"); // it will be the MX
}

TEST(WantedSpf, NamesTheServerByAddressWhereTheMxIsElsewhere) {
    const std::string zone = "example.org MX 10 mx.example.net.\n";
    EXPECT_EQ(wanted(profileWithHost(), zone), "v=spf1 a:mail.example.org ~all");
    EXPECT_EQ(wanted(profileWithHost(), zone + "mail.example.org A 198.51.100.25\nmail.example.org AAAA 2001:db8::25"),
              "v=spf1 ip4:198.51.100.25 ip6:2001:db8::25 ~all");
}

TEST(WantedSpf, KnowsTheServerThatTheMxRecordHasUnderAnotherName) {
    const std::string host = "mail.example.org A 198.51.100.25\nmail.example.org AAAA 2001:db8::25\n";
    EXPECT_EQ(
        wanted(profileWithHost(), host + "example.org MX 10 mx.example.org.\nmx.example.org CNAME mail.example.org."),
        "v=spf1 mx ~all");
    const std::string half = host + "example.org MX 10 mx.example.org.\nmx.example.org A 198.51.100.25";
    EXPECT_EQ(wanted(profileWithHost(), half), "v=spf1 ip4:198.51.100.25 ip6:2001:db8::25 ~all");
    EXPECT_EQ(wanted(profileWithHost(), half + "\nmx.example.org AAAA 2001:db8::25"), "v=spf1 mx ~all");
}

TEST(WantedSpf, LeavesMxOutWhereTheRecordNamesTheAddresses) {
    const std::string zone = "example.org MX 10 mail.example.org.\nmail.example.org A 198.51.100.25\n"
                             "mail.example.org AAAA 2001:db8::25\nexample.org TXT v=spf1 ";
    const std::string byAddress = "v=spf1 ip4:198.51.100.25 ip6:2001:db8::25 ~all";
    EXPECT_EQ(wanted(profileWithHost(), zone + "ip4:198.51.100.0/24 ip6:2001:db8::25 -all"), byAddress);
    EXPECT_EQ(wanted(profileWithHost(), zone + "ip4:198.51.100.0/24 -all"), "v=spf1 mx ~all");
    EXPECT_EQ(wanted(profileWithHost(), zone + "-all ip4:198.51.100.25 ip6:2001:db8::25"), "v=spf1 mx ~all");
    EXPECT_EQ(wanted(profileWithHost(), zone + "mx ip4:198.51.100.25 ip6:2001:db8::25 -all"), "v=spf1 mx ~all");
}

TEST(WantedSpf, LeavesMxOutWhereThereAreMoreMxHostsThanItMayHave) {
    std::string zone = "mail.example.org A 198.51.100.25\nexample.org MX 10 mail.example.org.\n";
    for (int i = 0; i < 9; ++i) {
        zone += "example.org MX 20 mx" + std::to_string(i) + ".example.org.\n";
    }
    EXPECT_EQ(wanted(profileWithHost(), zone), "v=spf1 mx ~all");
    EXPECT_EQ(wanted(profileWithHost(), zone + "example.org MX 30 mx.example.org."), "v=spf1 ip4:198.51.100.25 ~all");
}

TEST(WantedSpf, LetsNoOtherServerPassForOneThatIsNotNamed) {
    Profile profile(dnsName("example.org"));
    const std::string_view elsewhere = "example.org MX 10 mx.example.net.";
    EXPECT_EQ(wanted(profile, elsewhere), "v=spf1 ~all");
    profile.addresses = {*IpNetwork::parse("192.0.2.25")};
    EXPECT_EQ(wanted(profile, elsewhere), "v=spf1 ip4:192.0.2.25 ~all");
}

TEST(WantedSpf, AddsFurtherSendersToTheServerItself) {
    Profile profile = profileWithHost();
    profile.addresses = {*IpNetwork::parse("192.0.2.0/24"), *IpNetwork::parse("2001:db8:1::/48")};
    profile.includes = {dnsName("_spf.example.net")};
    EXPECT_EQ(wanted(profile, "example.org MX 10 mail.example.org."),
              "v=spf1 mx ip4:192.0.2.0/24 ip6:2001:db8:1::/48 include:_spf.example.net ~all");
    const std::string zone = "example.org MX 10 mx.example.net.\nmail.example.org A ";
    EXPECT_EQ(wanted(profile, zone + "198.51.100.25"),
              "v=spf1 ip4:192.0.2.0/24 ip6:2001:db8:1::/48 ip4:198.51.100.25 include:_spf.example.net ~all");
    EXPECT_EQ(wanted(profile, zone + "192.0.2.25"), // covered by the network
              "v=spf1 ip4:192.0.2.0/24 ip6:2001:db8:1::/48 include:_spf.example.net ~all");
}

TEST(WantedSpf, OfANameThatNeverSendsLetsNobodyPass) {
    Profile profile(dnsName("example.org"));
    profile.role = DomainRole::neverSends;
    EXPECT_EQ(wanted(profile, "example.org MX 10 mail.example.org."), "v=spf1 -all");
    EXPECT_EQ(wantedHostSpf().toString(), "v=spf1 a -all");
}

TEST(MergedSpf, LosesNoMechanismAndNoModifier) {
    using enum PlanNoteCode;
    struct Case {
        std::string_view why, published, wanted, expected;
        std::vector<PlanNoteCode> notes;
    };
    const Case cases[] = {
        {"nothing published", "", "v=spf1 mx ~all", "v=spf1 mx ~all", {}},
        {"other texts", "hello", "v=spf1 mx ~all", "v=spf1 mx ~all", {}},
        {"the same", "v=spf1 mx ~all", "v=spf1 mx ~all", "v=spf1 mx ~all", {}},
        {"before all, whose qualifier stays",
         "v=spf1 include:_spf.example.net -all",
         "v=spf1 mx ip4:192.0.2.1 ~all",
         "v=spf1 include:_spf.example.net mx ip4:192.0.2.1 -all",
         {spfMerged}},
        {"?all stays", "v=spf1 mx ?all", "v=spf1 mx ~all", "v=spf1 mx ?all", {}},
        {"before redirect=",
         "v=spf1 redirect=_spf.example.net",
         "v=spf1 mx ~all",
         "v=spf1 mx redirect=_spf.example.net",
         {spfMerged}},
        {"exp= and unknown modifiers stay",
         "v=spf1 a exp=why.example.org x-y=z -all",
         "v=spf1 mx ~all",
         "v=spf1 a exp=why.example.org x-y=z mx -all",
         {spfMerged}},
        {"without an end", "v=spf1 mx", "v=spf1 mx ~all", "v=spf1 mx ~all", {spfMerged}},
        {"what stands behind all helps nobody", "v=spf1 -all mx", "v=spf1 mx ~all", "v=spf1 mx -all mx", {spfMerged}},
        {"a network that holds ours",
         "v=spf1 ip4:192.0.2.0/24 -all",
         "v=spf1 ip4:192.0.2.7 ~all",
         "v=spf1 ip4:192.0.2.0/24 -all",
         {}},
        {"a network that does not let it pass",
         "v=spf1 ~ip4:192.0.2.0/24 -all",
         "v=spf1 ip4:192.0.2.7 ~all",
         "v=spf1 ip4:192.0.2.7 ~ip4:192.0.2.0/24 -all",
         {spfMerged}},
        {"the same name in capitals, our own spelled out",
         "v=spf1 mx:Example.Org include:_SPF.example.net -all",
         "v=spf1 mx include:_spf.example.net ~all",
         "v=spf1 mx:Example.Org include:_SPF.example.net -all",
         {}},
        {"everybody may send", "v=spf1 mx +all", "v=spf1 mx ~all", "v=spf1 mx ~all", {spfPassAllReplaced}},
        {"everybody by a network",
         "v=spf1 mx ip4:0.0.0.0/0 a//0 -all",
         "v=spf1 mx ~all",
         "v=spf1 mx -all",
         {spfPassAllReplaced, spfPassAllReplaced}},
        {"a term nobody knows", "v=spf1 mx ipv4:192.0.2.1 -all", "v=spf1 mx ~all", "v=spf1 mx -all", {spfTermDropped}},
        {"two redirect=",
         "v=spf1 redirect=a.example.net redirect=b.example.net",
         "v=spf1 mx ~all",
         "v=spf1 mx redirect=a.example.net",
         {spfTermDropped, spfMerged}},
    };
    for (const Case& each : cases) {
        const auto result =
            merged(each.wanted, each.published.empty() ? "" : "example.org TXT " + std::string(each.published));
        EXPECT_EQ(result.record, each.expected) << each.why;
        EXPECT_EQ(result.notes, each.notes) << each.why;
    }
}

TEST(MergedSpf, MakesOneOfSeveral) {
    using enum PlanNoteCode;
    struct Case {
        std::string_view why, first, second, expected;
        std::vector<PlanNoteCode> notes;
    };
    const Case cases[] = {
        {"the softer end counts",
         "v=spf1 a -all",
         "v=spf1 mx ip4:192.0.2.1 ~all",
         "v=spf1 a mx ip4:192.0.2.1 ~all",
         {spfRecordsJoined}},
        {"neutral is softer still",
         "v=spf1 mx ~all",
         "v=spf1 ip4:192.0.2.1 ?all",
         "v=spf1 ip4:192.0.2.1 mx ?all",
         {spfRecordsJoined}},
        {"the same twice", "v=spf1 mx -all", "v=spf1 mx -all", "v=spf1 mx -all", {spfRecordsJoined}},
        {"only the second has an end", "v=spf1 mx", "v=spf1 a -all", "v=spf1 a mx ~all", {spfRecordsJoined}},
        {"a redirect= beside an all",
         "v=spf1 mx -all",
         "v=spf1 redirect=_spf.example.net",
         "v=spf1 mx include:_spf.example.net ~all",
         {spfRecordsJoined}},
        {"an all beside a redirect=",
         "v=spf1 mx redirect=_spf.example.net",
         "v=spf1 a -all",
         "v=spf1 a mx include:_spf.example.net ~all",
         {spfRecordsJoined}},
        {"two redirect=",
         "v=spf1 mx redirect=a.example.net",
         "v=spf1 redirect=b.example.net",
         "v=spf1 mx include:b.example.net redirect=a.example.net",
         {spfRecordsJoined}},
        {"a second exp= can't be kept",
         "v=spf1 mx exp=a.example.net -all",
         "v=spf1 exp=b.example.net -all",
         "v=spf1 exp=b.example.net mx -all",
         {spfTermDropped, spfRecordsJoined}},
        {"everybody may send",
         "v=spf1 mx -all",
         "v=spf1 a +all",
         "v=spf1 a mx ~all",
         {spfPassAllReplaced, spfRecordsJoined}},
    };
    for (const Case& each : cases) {
        const std::string first = "\nexample.org TXT " + std::string(each.first);
        const std::string second = "\nexample.org TXT " + std::string(each.second);
        for (const std::string& published : {first + "\nexample.org TXT unrelated" + second, second + first}) {
            const auto result = merged("v=spf1 mx ~all", published.substr(1));
            EXPECT_EQ(result.record, each.expected) << each.why;
            EXPECT_EQ(result.notes, each.notes) << each.why;
        }
    }
}

TEST(MergedSpf, SaysWhenTheDnsDidNotTell) {
    FakeResolver resolver;
    resolver.fail("example.org", AnswerStatus::serverFailure);
    const Answer answer = resolver.lookup(dnsName("example.org"), RecordType::txt);
    std::vector<PlanNote> notes;
    EXPECT_EQ(mergedSpf(wantedHostSpf(), &answer, dnsName("example.org"), notes), wantedHostSpf());
    EXPECT_THAT(notes, ::testing::ElementsAre(PlanNote{PlanNoteCode::spfNotRead, dnsName("example.org"), {}}));
}

} // namespace
} // namespace sealwright
