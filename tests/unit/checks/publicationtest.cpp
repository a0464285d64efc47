#include "checks/publication.h"

#include "support/fakeresolver.h"

#include <gmock/gmock.h>

namespace sealwright {
namespace {

using namespace std::chrono_literals;
using test::dnsName;

class SetClock final : public Clock {
public:
    [[nodiscard]] std::chrono::sys_seconds now() const override { return now_; }
    void pass(std::chrono::milliseconds time) { now_ += std::chrono::ceil<std::chrono::seconds>(time); }

private:
    std::chrono::sys_seconds now_ = std::chrono::sys_days(std::chrono::year(2026) / 11 / 28);
};

const ResourceRecord dmarc{dnsName("_dmarc.example.org"), RecordType::txt, 300s, "v=DMARC1; p=none"};

class PublicationTest : public testing::Test {
protected:
    PublicationTest() {
        for (const char* server : servers) {
            resolver.serverAt(server).add(zone);
        }
    }

    void publishAt(const char* server) {
        resolver.serverAt(server).remove("_dmarc.example.org", RecordType::txt);
        resolver.serverAt(server).add(dmarc);
    }

    static constexpr std::string_view zone = "example.org 900 SOA ns1.example.org. h.example.org. 1 7200 3600 99 600\n"
                                             "example.org NS ns1.example.org.\nexample.org NS ns2.example.org.\n"
                                             "ns1.example.org A 192.0.2.1\nns2.example.org A 192.0.2.2\n";
    static constexpr const char* servers[] = {"192.0.2.1", "192.0.2.2"};
    test::FakeResolver resolver{zone};
    SetClock clock;
    RecordPlan plan{{{dmarc, Purpose::dmarc, dnsName("example.org")}}, {}, {}, true};
    Publication publication{[this](const std::stop_token&) { return plan; }, resolver, clock};

    [[nodiscard]] const RecordPublication& record() const { return publication.records().at(0); }
};

TEST_F(PublicationTest, FollowsARecordFromServerToServerIntoTheWorld) {
    publication.look({});
    ASSERT_EQ(record().servers.size(), 2U);
    EXPECT_EQ(record().servers[0].sight, Sight::missing);
    EXPECT_EQ(record().servers[0].host, dnsName("ns1.example.org"));
    EXPECT_FALSE(publication.isPublished());
    EXPECT_FALSE(record().expectedBy) << "nobody knows when the user publishes it";
    EXPECT_EQ(publication.changes().size(), 2U);

    publishAt("192.0.2.1");
    publication.look({});
    ASSERT_EQ(publication.changes().size(), 1U);
    EXPECT_EQ(publication.changes()[0].server, std::optional<std::size_t>(0));
    EXPECT_FALSE(record().isAtServers());

    publishAt("192.0.2.2");
    clock.pass(60s);
    const auto since = clock.now();
    publication.look({});
    EXPECT_TRUE(record().isAtServers());
    EXPECT_EQ(record().world, Sight::missing);
    EXPECT_EQ(record().expectedBy, since + 600s) << "the SOA's minimum is less than its TTL";
    clock.pass(60s);
    publication.look({});
    EXPECT_EQ(record().expectedBy, since + 600s) << "it comes no later for being asked about";
    EXPECT_TRUE(publication.changes().empty());

    resolver.add(dmarc);
    publication.look({});
    EXPECT_TRUE(publication.isPublished());
    EXPECT_FALSE(record().expectedBy);
}

TEST_F(PublicationTest, LeavesTheResolverInPeaceUntilTheServersHaveIt) {
    publication.look({});
    publication.look({});
    const auto asked = resolver.questions();
    EXPECT_EQ(std::ranges::count(asked, Question{dmarc.name, RecordType::txt}), 4) << "two servers, twice";
}

TEST_F(PublicationTest, TellsWhenAnOldRecordIsForgotten) {
    resolver.add("_dmarc.example.org 1200 TXT v=DMARC1; p=reject\n");
    publishAt("192.0.2.1");
    publishAt("192.0.2.2");
    publication.look({});
    EXPECT_EQ(record().world, Sight::differs);
    EXPECT_EQ(record().expectedBy, clock.now() + 1200s);
}

TEST_F(PublicationTest, GoesOnWithoutANetwork) {
    publication.look({});
    for (const char* server : servers) {
        resolver.failServer(server, AnswerStatus::timedOut);
    }
    resolver.fail("_dmarc.example.org", AnswerStatus::timedOut);
    publication.look({});
    EXPECT_TRUE(publication.isOffline());
    EXPECT_TRUE(publication.changes().empty());
    EXPECT_EQ(record().servers[0].sight, Sight::missing) << "what was last seen";
    EXPECT_FALSE(publication.isPublished());
}

TEST_F(PublicationTest, CountsAServerThatIsAlwaysSilentForNothing) {
    publishAt("192.0.2.1");
    resolver.failServer("192.0.2.2", AnswerStatus::timedOut);
    resolver.add(dmarc);
    publication.look({});
    EXPECT_TRUE(publication.isPublished());
    EXPECT_EQ(record().servers[1].sight, Sight::silent);
}

TEST_F(PublicationTest, TakesNothingForAServersWordThatTheNetworkSaysInItsPlace) {
    resolver.add("_dmarc.example.org TXT v=DMARC1; p=reject");
    resolver.intercept();
    publication.look({});
    EXPECT_EQ(record().servers[0].sight, Sight::silent);
    EXPECT_EQ(record().world, Sight::differs);
    EXPECT_FALSE(publication.isPublished());
    resolver.remove("_dmarc.example.org", RecordType::txt);
    resolver.add(dmarc);
    publication.look({});
    EXPECT_EQ(record().servers[0].sight, Sight::silent);
    EXPECT_TRUE(publication.isPublished());
}

TEST_F(PublicationTest, PlansOnceTheDnsHasTold) {
    plan.isMerged = false;
    publication.look({});
    EXPECT_TRUE(publication.records().empty());
    EXPECT_FALSE(publication.isOffline()) << "somebody answers";
    EXPECT_FALSE(publication.isPublished());
    plan.isMerged = true;
    publication.look({});
    EXPECT_EQ(publication.records().size(), 1U);
}

TEST_F(PublicationTest, WaitsForTheDnsToTellWhoServesTheZone) {
    resolver.fail("example.org", RecordType::ns, AnswerStatus::timedOut);
    publication.look({});
    EXPECT_TRUE(publication.records().empty());
    EXPECT_FALSE(resolver.wasAsked("_dmarc.example.org", RecordType::txt)) << "it would remember that there is nothing";
}

TEST_F(PublicationTest, TellsADomainThatFailsFromAComputerWithoutANetwork) {
    plan.isMerged = false;
    resolver.fail("example.org", RecordType::soa, AnswerStatus::bogus, "no signatures");
    publication.look({});
    EXPECT_FALSE(publication.isOffline());
    ASSERT_TRUE(publication.failure());
    EXPECT_EQ(publication.failure()->why, "no signatures");
    resolver.fail("example.org", RecordType::soa, AnswerStatus::timedOut);
    publication.look({});
    EXPECT_TRUE(publication.isOffline());
    EXPECT_FALSE(publication.failure());
}

TEST_F(PublicationTest, FollowsTheZoneToANewProvider) {
    publication.look({});
    resolver.remove("example.org", RecordType::ns);
    resolver.add("example.org NS ns3.example.net.\nns3.example.net A 192.0.2.3\n");
    publishAt("192.0.2.3");
    publication.look({});
    EXPECT_EQ(record().servers.size(), 2U) << "the zone's servers are not asked for at each look";
    clock.pass(6min);
    publication.look({});
    ASSERT_EQ(record().servers.size(), 1U);
    EXPECT_EQ(record().servers[0].host, dnsName("ns3.example.net"));
    EXPECT_EQ(record().servers[0].sight, Sight::present);
}

TEST_F(PublicationTest, WaitsForTheResolversThatTheUserNamedToo) {
    const NameServer quad9{*IpAddress::parse("9.9.9.9"), 53, true};
    Publication wider{[this](const std::stop_token&) { return plan; }, resolver, clock, {quad9}};
    publishAt("192.0.2.1");
    publishAt("192.0.2.2");
    resolver.add(dmarc);
    resolver.serverAt("9.9.9.9").add("_dmarc.example.org 700 TXT v=DMARC1; p=reject\n");
    wider.look({});
    EXPECT_FALSE(wider.isPublished());
    EXPECT_EQ(wider.records()[0].expectedBy, clock.now() + 700s);
    resolver.failServer("9.9.9.9", AnswerStatus::timedOut);
    wider.look({});
    EXPECT_TRUE(wider.isPublished()) << "who is silent tells nothing";
}

TEST_F(PublicationTest, LeavesAnAliasToTheWorld) {
    for (const char* server : servers) {
        resolver.serverAt(server).add("_dmarc.example.org CNAME d.provider.example.");
    }
    resolver.add(dmarc);
    publication.look({});
    EXPECT_TRUE(publication.isPublished());
}

TEST_F(PublicationTest, AsksOnlyTheResolverWhereServersAreOutOfReach) {
    resolver.setReachesNameServers(false);
    publication.look({});
    EXPECT_TRUE(record().servers.empty());
    EXPECT_EQ(record().world, Sight::missing);
    EXPECT_FALSE(record().expectedBy) << "nobody knows whether the servers have it";
    resolver.add(dmarc);
    publication.look({});
    EXPECT_TRUE(publication.isPublished());
}

TEST_F(PublicationTest, IsWatchedAtGrowingIntervalsUntilItIsThere) {
    std::vector<std::chrono::milliseconds> pauses;
    const WatchTimes times{10s, 60s, {}, [&](std::chrono::milliseconds time, const std::stop_token&) {
                               pauses.push_back(time);
                               clock.pass(time);
                               if (pauses.size() == 8) {
                                   publishAt("192.0.2.1");
                                   publishAt("192.0.2.2");
                                   resolver.add(dmarc);
                               }
                           }};
    std::size_t looks = 0;
    const auto end = watchPublication(publication, clock, times, [&](const Publication&) { ++looks; }, {});
    EXPECT_EQ(end, WatchEnd::published);
    EXPECT_EQ(looks, 9U);
    EXPECT_EQ(pauses.front(), 10s);
    EXPECT_EQ(pauses.back(), 60s);
    EXPECT_TRUE(std::ranges::is_sorted(pauses));
}

TEST_F(PublicationTest, IsWatchedNoLongerThanAsked) {
    std::chrono::milliseconds passed{0};
    const auto pause = [&](std::chrono::milliseconds time, const std::stop_token&) {
        passed += time;
        clock.pass(time);
    };
    EXPECT_EQ(watchPublication(publication, clock, {10s, 60s, 90s, pause}, [](const Publication&) {}, {}),
              WatchEnd::timeOver);
    EXPECT_LE(passed, 90s);
    EXPECT_GT(passed, 60s);
}

TEST_F(PublicationTest, StopsWhenAsked) {
    std::stop_source source;
    const auto pause = [&](std::chrono::milliseconds, const std::stop_token&) { source.request_stop(); };
    EXPECT_EQ(watchPublication(
                  publication, clock, {10s, 60s, {}, pause}, [](const Publication&) {}, source.get_token()),
              WatchEnd::stopped);
    pauseFor(3600s, source.get_token()); // returns at once
}

} // namespace
} // namespace sealwright
