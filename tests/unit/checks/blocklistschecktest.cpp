#include "checks/blocklists.h"
#include "exampledomain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealwright {
namespace {

using namespace test;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using ::testing::UnorderedElementsAreArray;

// Lists that work, and list nothing of ours.
constexpr std::string_view lists = R"(
    2.0.0.127.zen.spamhaus.org      A     127.0.0.2
    2.0.0.127.zen.spamhaus.org      A     127.0.0.10
    2.0.0.127.bl.spamcop.net        A     127.0.0.2
    2.0.0.127.psbl.surriel.com      A     127.0.0.2
    dbltest.com.dbl.spamhaus.org    A     127.0.1.2
)";

std::string listedZone(std::string_view more = {}) {
    return std::string(goodZone) + std::string(lists) + std::string(more);
}

struct Fault {
    std::string_view name;
    std::string_view remove; ///< The addresses of this name are taken out, and
    std::string_view add;    ///< these records put in.
    std::vector<FindingCode> expected;
    std::vector<std::string> arguments; ///< Of the first expected code.
};

const std::vector<std::string> all{"Spamhaus ZEN", "SpamCop", "PSBL", "Spamhaus DBL"};

const Fault faults[] = {
    {"on none", "", "", {FindingCode::blocklistsClean}, all},
    {"on a large list, with its reason",
     "",
     "25.100.51.198.zen.spamhaus.org A 127.0.0.3\n25.100.51.198.zen.spamhaus.org TXT see the page",
     {FindingCode::blocklistListed, FindingCode::blocklistsClean},
     {"198.51.100.25", "Spamhaus ZEN", "https://check.spamhaus.org/", "see the page"}},
    {"on a small list",
     "",
     "25.100.51.198.psbl.surriel.com A 127.0.0.2",
     {FindingCode::blocklistSmallListed, FindingCode::blocklistsClean},
     {"198.51.100.25", "PSBL", "https://psbl.org/", ""}},
    {"by policy",
     "",
     "25.100.51.198.zen.spamhaus.org A 127.0.0.11",
     {FindingCode::blocklistPolicy, FindingCode::blocklistsClean},
     {"198.51.100.25", "Spamhaus ZEN", "https://check.spamhaus.org/", ""}},
    {"by policy, and for what it did",
     "",
     "25.100.51.198.zen.spamhaus.org A 127.0.0.10\n25.100.51.198.zen.spamhaus.org A 127.0.0.4",
     {FindingCode::blocklistListed, FindingCode::blocklistsClean},
     {"198.51.100.25", "Spamhaus ZEN", "https://check.spamhaus.org/", ""}},
    {"the domain",
     "",
     "example.org.dbl.spamhaus.org A 127.0.1.4",
     {FindingCode::blocklistDomainListed, FindingCode::blocklistsClean},
     {"example.org", "Spamhaus DBL", "https://check.spamhaus.org/", ""}},
    {"a public resolver is refused",
     "2.0.0.127.zen.spamhaus.org",
     "2.0.0.127.zen.spamhaus.org A 127.255.255.254\n25.100.51.198.zen.spamhaus.org A 127.255.255.254",
     {FindingCode::blocklistsRefuse, FindingCode::blocklistsClean},
     {"Spamhaus ZEN"}},
    {"too many questions, from now on",
     "",
     "25.100.51.198.zen.spamhaus.org A 127.255.255.255",
     {FindingCode::blocklistsRefuse, FindingCode::blocklistsClean},
     {"Spamhaus ZEN"}},
    {"127.0.0.1 is no listing",
     "",
     "25.100.51.198.psbl.surriel.com A 127.0.0.1",
     {FindingCode::blocklistsRefuse, FindingCode::blocklistsClean},
     {"PSBL"}},
    {"a dead list lists not even its test entry",
     "2.0.0.127.psbl.surriel.com",
     "",
     {FindingCode::blocklistsBroken, FindingCode::blocklistsClean},
     {"PSBL"}},
    {"a list that lists everything",
     "",
     "25.100.51.198.psbl.surriel.com A 127.0.0.2\n1.0.0.127.psbl.surriel.com A 127.0.0.2",
     {FindingCode::blocklistsBroken, FindingCode::blocklistsClean},
     {"PSBL"}},
    {"a web server answers for a list that is gone",
     "2.0.0.127.psbl.surriel.com",
     "25.100.51.198.psbl.surriel.com A 203.0.113.80\n2.0.0.127.psbl.surriel.com A 203.0.113.80",
     {FindingCode::blocklistsBroken, FindingCode::blocklistsClean},
     {"PSBL"}},
};

TEST(BlocklistsCheck, NamesEachFault) {
    for (const Fault& fault : faults) {
        SCOPED_TRACE(fault.name);
        FakeResolver resolver(listedZone());
        if (!fault.remove.empty()) {
            resolver.remove(fault.remove, RecordType::a);
        }
        resolver.add(fault.add);
        const auto findings = check(exampleProfile(), resolver, {Area::blocklists});
        ASSERT_THAT(codes(findings), UnorderedElementsAreArray(fault.expected));
        EXPECT_EQ(find(findings, fault.expected.front())->arguments, fault.arguments);
    }
}

TEST(BlocklistsCheck, ASilentListIsUnknown) {
    FakeResolver resolver(listedZone());
    resolver.fail("25.100.51.198.bl.spamcop.net", AnswerStatus::timedOut);
    resolver.fail("2.0.0.127.psbl.surriel.com", AnswerStatus::serverFailure);
    const auto findings = check(exampleProfile(), resolver, {Area::blocklists});
    ASSERT_NE(find(findings, FindingCode::blocklistsUnknown), nullptr);
    EXPECT_THAT(find(findings, FindingCode::blocklistsUnknown)->arguments, ElementsAre("SpamCop", "PSBL"));
    EXPECT_THAT(find(findings, FindingCode::blocklistsClean)->arguments, ElementsAre("Spamhaus ZEN", "Spamhaus DBL"));
}

TEST(BlocklistsCheck, AsksInOneRoundTripAndInASecondOnlyWhatIsListed) {
    FakeResolver plain(listedZone());
    check(exampleProfile(), plain, {});
    FakeResolver clean(listedZone());
    check(exampleProfile(), clean, {Area::blocklists});
    EXPECT_EQ(clean.rounds() - plain.rounds(), 1);
    EXPECT_EQ(clean.questions().size() - plain.questions().size(), 8U); // two of each list
    FakeResolver listed(listedZone("25.100.51.198.zen.spamhaus.org A 127.0.0.3"));
    check(exampleProfile(), listed, {Area::blocklists});
    EXPECT_EQ(listed.rounds() - plain.rounds(), 2);
}

TEST(BlocklistsCheck, AsksForIPv6WhereTheListHasItAndNeverForPrivateAddresses) {
    FakeResolver resolver(listedZone("mail.example.org AAAA 2001:db8::25\nmail.example.org A 192.168.1.25"));
    check(exampleProfile(), resolver, {Area::blocklists});
    EXPECT_TRUE(resolver.wasAsked("5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.zen.spamhaus.org",
                                  RecordType::a));
    EXPECT_FALSE(resolver.wasAsked("5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.bl.spamcop.net",
                                   RecordType::a));
    EXPECT_FALSE(resolver.wasAsked("25.1.168.192.zen.spamhaus.org", RecordType::a));
}

TEST(BlocklistsCheck, IsTheOnlyOneThatTellsTheListsWhomWeLookAt) {
    FakeResolver resolver(listedZone());
    std::vector<Area> others(std::begin(allAreas), std::end(allAreas));
    std::erase(others, Area::blocklists);
    check(exampleProfile(), resolver, others);
    for (const Question& question : resolver.questions()) {
        for (const Blocklist& list : blocklists()) {
            EXPECT_FALSE(question.name.isAtOrBelow(dnsName(list.zone))) << question.name.toString();
        }
    }
}

TEST(BlocklistsCheck, OffLineSaysOnceThatNobodyWasAsked) {
    FakeResolver resolver(goodZone);
    for (const Blocklist& list : blocklists()) {
        resolver.fail(listingName(list, list.alwaysListed)->toString(), AnswerStatus::notAsked);
        resolver.fail(listingName(list, list.ofDomains ? "example.org" : "25.100.51.198")->toString(),
                      AnswerStatus::notAsked);
    }
    EXPECT_THAT(codes(check(exampleProfile(), resolver, {Area::blocklists})), ElementsAre(FindingCode::outsideZone));
}

TEST(BlocklistsCheck, ThatWasStoppedTellsNothing) {
    for (int round = 0; round < 4; ++round) {
        std::stop_source stop;
        FakeResolver resolver(listedZone("25.100.51.198.zen.spamhaus.org A 127.0.0.3"));
        resolver.beforeRound([&](int before) {
            if (before == round) {
                stop.request_stop();
            }
        });
        EXPECT_THAT(check(exampleProfile(), resolver, {Area::blocklists}, stop.get_token()), IsEmpty()) << round;
    }
}

} // namespace
} // namespace sealwright
