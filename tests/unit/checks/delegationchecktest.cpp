#include "exampledomain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealwright {
namespace {

using namespace test;
using ::testing::Contains;
using ::testing::UnorderedElementsAre;

constexpr auto zoneAbove = R"(
    org           NS   a0.nic.org.
    org           NS   b0.nic.org.
    a0.nic.org    A    203.0.113.1
    b0.nic.org    A    203.0.113.2
)";

Delegation delegation(std::vector<std::string> hosts, std::vector<std::pair<std::string, std::string>> glue = {}) {
    Delegation made{dnsName("example.org"), {}, {}};
    for (const std::string& host : hosts) {
        made.servers.push_back(dnsName(host));
    }
    for (const auto& [host, address] : glue) {
        made.glue.emplace_back(dnsName(host), IpAddress::parse(address).value());
    }
    return made;
}

class DelegationCheck : public ::testing::Test {
protected:
    void SetUp() override {
        resolver.sign("example.org");
        referTo(delegation({"ns1.example.org", "ns2.example.org"}));
    }

    void referTo(const Delegation& made) {
        for (const auto* parent : {"203.0.113.1", "203.0.113.2"}) {
            resolver.refer(parent, made);
        }
    }

    std::vector<Finding> run() { return check(profile, resolver, {Area::delegation}); }

    Profile profile = exampleProfile();
    FakeResolver resolver{std::string(goodZone) + zoneAbove};
};

TEST_F(DelegationCheck, ASoundZoneIsTold) {
    const auto findings = run();
    EXPECT_THAT(codes(findings), UnorderedElementsAre(FindingCode::dnssecSecure, FindingCode::delegationSound));
    EXPECT_EQ(find(findings, FindingCode::delegationSound)->arguments, (std::vector<std::string>{"2", "2", "1"}));
}

TEST_F(DelegationCheck, WhereAllIsBogusNobodyCanBeAskedDirectly) {
    for (const auto type : {RecordType::soa, RecordType::ns}) {
        resolver.fail("example.org", type, AnswerStatus::bogus);
    }
    EXPECT_EQ(codes(run()), std::vector{FindingCode::dnssecBogus});
}

TEST_F(DelegationCheck, TellsEachFaultOfAServer) {
    const std::pair<AnswerStatus, FindingCode> faults[] = {{AnswerStatus::timedOut, FindingCode::nameServerSilent},
                                                           {AnswerStatus::serverFailure, FindingCode::nameServerLame}};
    for (const auto& [status, code] : faults) {
        resolver.failServer("198.51.100.2", status);
        const auto findings = run();
        ASSERT_THAT(codes(findings), Contains(code));
        EXPECT_EQ(find(findings, code)->arguments.front(), "ns2.example.org (198.51.100.2)");
    }
}

TEST_F(DelegationCheck, ADeskWithoutIpv6IsNoFaultOfTheDomain) {
    resolver.add("ns2.example.org AAAA 2001:db8::2");
    resolver.failServer("2001:db8::2", AnswerStatus::notAsked);
    EXPECT_THAT(codes(run()), UnorderedElementsAre(FindingCode::dnssecSecure, FindingCode::delegationSound));
}

TEST_F(DelegationCheck, AnIpv6ThatLeadsNowhereFromHereIsNoFaultOfTheDomain) {
    resolver.add("ns1.example.org AAAA 2001:db8::1\nns2.example.org AAAA 2001:db8::2");
    for (const auto* address : {"2001:db8::1", "2001:db8::2"}) {
        resolver.failServer(address, AnswerStatus::timedOut);
    }
    EXPECT_THAT(codes(run()), UnorderedElementsAre(FindingCode::dnssecSecure, FindingCode::delegationSound));
}

TEST_F(DelegationCheck, ADeskWithoutPort53KnowsNothing) {
    for (const auto* address : {"198.51.100.1", "198.51.100.2", "203.0.113.1", "203.0.113.2"}) {
        resolver.failServer(address, AnswerStatus::timedOut);
    }
    EXPECT_THAT(codes(run()), UnorderedElementsAre(FindingCode::dnssecSecure, FindingCode::delegationUnknown));
}

TEST_F(DelegationCheck, ANetworkThatAnswersInTheServersPlaceKnowsNothing) {
    resolver.intercept();
    const auto findings = run();
    EXPECT_THAT(codes(findings), UnorderedElementsAre(FindingCode::dnssecSecure, FindingCode::delegationUnknown));
    EXPECT_EQ(find(findings, FindingCode::delegationUnknown)->arguments,
              (std::vector<std::string>{"", "ns1.example.org (198.51.100.1)"}));
}

TEST_F(DelegationCheck, ANetworkThatInterceptsIpv4OnlyIsNoFaultOfTheDomain) {
    resolver.add("ns1.example.org AAAA 2001:db8::1\nns2.example.org AAAA 2001:db8::2");
    resolver.intercept(false);
    EXPECT_THAT(codes(run()), UnorderedElementsAre(FindingCode::dnssecSecure, FindingCode::delegationSound));
}

TEST_F(DelegationCheck, WhereTheZoneAboveSpeaksForItselfLameServersAreLame) {
    for (const auto* address : {"198.51.100.1", "198.51.100.2"}) {
        resolver.failServer(address, AnswerStatus::serverFailure);
    }
    const auto findings = run(); // The resolver still remembers the zone.
    ASSERT_THAT(codes(findings), Contains(FindingCode::zoneNotServed));
    EXPECT_EQ(find(findings, FindingCode::zoneNotServed)->arguments,
              (std::vector<std::string>{"ns1.example.org (198.51.100.1)", "ns2.example.org (198.51.100.2)"}));
    EXPECT_EQ(find(findings, FindingCode::delegationUnknown), nullptr);
    EXPECT_EQ(find(findings, FindingCode::nameServerLame), nullptr);
}

class DeadZone : public DelegationCheck {
protected:
    void SetUp() override {
        referTo(delegation({"ns1.example.org", "ns2.example.net"}, {{"ns1.example.org", "198.51.100.1"}}));
        resolver.add("ns2.example.net A 198.51.100.2");
        for (const auto* name : {"example.org", "ns1.example.org", "ns2.example.org"}) {
            resolver.fail(name, AnswerStatus::serverFailure);
        }
    }
};

TEST_F(DeadZone, IsToldWithTheServersThatTheZoneAboveNames) {
    for (const auto* address : {"198.51.100.1", "198.51.100.2"}) {
        resolver.failServer(address, AnswerStatus::serverFailure);
    }
    const auto findings = run();
    EXPECT_THAT(codes(findings), UnorderedElementsAre(FindingCode::unknown, FindingCode::zoneNotServed));
    EXPECT_EQ(find(findings, FindingCode::zoneNotServed)->arguments,
              (std::vector<std::string>{"ns1.example.org (198.51.100.1)", "ns2.example.net (198.51.100.2)"}));
}

TEST_F(DeadZone, IsUnknownWhereItsServersAreSilentOrTheNetworkAnswersForThem) {
    for (const auto* address : {"198.51.100.1", "198.51.100.2"}) {
        resolver.failServer(address, AnswerStatus::timedOut);
    }
    EXPECT_EQ(codes(run()), std::vector{FindingCode::unknown});
    resolver.intercept();
    EXPECT_EQ(codes(run()), std::vector{FindingCode::unknown});
}

TEST_F(DelegationCheck, NamesTheServersThatDiffer) {
    FakeResolver& second = resolver.serverAt("198.51.100.2");
    second.add(goodZone);
    second.remove("example.org", RecordType::txt);
    second.remove("example.org", RecordType::soa);
    second.add("example.org SOA ns1.example.org. hostmaster.example.org. 2 3600 600 86400 300");
    const auto findings = run();
    EXPECT_THAT(codes(findings), UnorderedElementsAre(FindingCode::dnssecSecure, FindingCode::serialsDiffer,
                                                      FindingCode::serversDisagree));
    EXPECT_EQ(find(findings, FindingCode::serversDisagree)->arguments,
              (std::vector<std::string>{"example.org TXT", "ns2.example.org (198.51.100.2)"}));
}

TEST_F(DelegationCheck, SaysWhatOnlyCachesStillRemember) {
    for (const auto* address : {"198.51.100.1", "198.51.100.2"}) {
        FakeResolver& server = resolver.serverAt(address);
        server.add(goodZone);
        server.remove("_dmarc.example.org", RecordType::txt);
        server.add("_dmarc.example.org TXT v=DMARC1; p=reject");
    }
    const auto findings = run();
    ASSERT_THAT(codes(findings), Contains(FindingCode::cachesBehind));
    EXPECT_EQ(find(findings, FindingCode::cachesBehind)->arguments.front(), "_dmarc.example.org TXT");
}

TEST_F(DelegationCheck, ComparesWithResolversThatTheUserNames) {
    const NameServer behind{IpAddress::parse("9.9.9.9").value(), 53, true};
    const NameServer silent{IpAddress::parse("1.1.1.1").value(), 53, true};
    resolver.serverAt("9.9.9.9").add(goodZone);
    resolver.serverAt("9.9.9.9").remove("_dmarc.example.org", RecordType::txt);
    resolver.failServer("1.1.1.1", AnswerStatus::timedOut);
    std::vector<Finding> findings;
    FakeNetwork network;
    const Area areas[] = {Area::delegation};
    const NameServer others[] = {behind, silent};
    runChecks({profile, resolver, network, areas, others}, [&](Finding finding) { findings.push_back(finding); }, {});
    EXPECT_THAT(codes(findings), UnorderedElementsAre(FindingCode::dnssecSecure, FindingCode::delegationSound,
                                                      FindingCode::resolverBehind, FindingCode::resolverSilent));
    EXPECT_EQ(find(findings, FindingCode::resolverBehind)->arguments.back(), "9.9.9.9");
}

TEST_F(DelegationCheck, ComparesTheZoneWithTheZoneAbove) {
    referTo(delegation({"ns1.example.org", "old.example.net"}));
    const auto findings = run();
    ASSERT_THAT(codes(findings), Contains(FindingCode::nameServerOnlyAtParent));
    EXPECT_EQ(find(findings, FindingCode::nameServerOnlyAtParent)->arguments,
              std::vector<std::string>{"old.example.net"});
    ASSERT_THAT(codes(findings), Contains(FindingCode::nameServerOnlyInZone));
    EXPECT_EQ(find(findings, FindingCode::nameServerOnlyInZone)->arguments,
              std::vector<std::string>{"ns2.example.org"});
}

TEST_F(DelegationCheck, NamesGlueThatIsNotTheServersOwn) {
    referTo(delegation({"ns1.example.org", "ns2.example.org"},
                       {{"ns1.example.org", "198.51.100.1"}, {"ns2.example.org", "192.0.2.99"}}));
    const auto findings = run();
    ASSERT_THAT(codes(findings), Contains(FindingCode::glueDiffers));
    EXPECT_EQ(find(findings, FindingCode::glueDiffers)->arguments,
              (std::vector<std::string>{"ns2.example.org", "192.0.2.99"}));
}

TEST_F(DelegationCheck, GlueOfAServerWithManyAddressesIsItsOwn) {
    std::vector<std::pair<std::string, std::string>> glue;
    for (int i = 1; i <= 6; ++i) {
        const std::string address = "198.51.100." + std::to_string(i);
        if (i > 2) {
            resolver.add("ns1.example.org A " + address);
        }
        if (i != 2) {
            glue.emplace_back("ns1.example.org", address);
        }
    }
    referTo(delegation({"ns1.example.org", "ns2.example.org"}, glue));
    EXPECT_THAT(codes(run()), UnorderedElementsAre(FindingCode::dnssecSecure, FindingCode::delegationSound));
    glue.emplace_back("ns1.example.org", "192.0.2.99");
    referTo(delegation({"ns1.example.org", "ns2.example.org"}, glue));
    EXPECT_EQ(find(run(), FindingCode::glueDiffers)->arguments,
              (std::vector<std::string>{"ns1.example.org", "192.0.2.99"}));
}

TEST_F(DelegationCheck, GlueIsNotJudgedWhereTheDnsDidNotTellTheAddresses) {
    referTo(delegation({"ns1.example.org", "ns2.example.org"},
                       {{"ns2.example.org", "198.51.100.2"}, {"ns2.example.org", "2001:db8::2"}}));
    resolver.fail("ns2.example.org", RecordType::aaaa, AnswerStatus::timedOut);
    EXPECT_EQ(find(run(), FindingCode::glueDiffers), nullptr);
}

TEST_F(DelegationCheck, IPv6AddressesThatAreSilentAreToldWhereTheZoneAboveAnswersOverIPv6) {
    resolver.add("ns1.example.org AAAA 2001:db8::1\na0.nic.org AAAA 2001:db8::a0");
    resolver.refer("2001:db8::a0", delegation({"ns1.example.org", "ns2.example.org"}));
    resolver.failServer("2001:db8::1", AnswerStatus::timedOut);
    const auto findings = run();
    ASSERT_THAT(codes(findings), Contains(FindingCode::nameServerSilent));
    EXPECT_EQ(find(findings, FindingCode::nameServerSilent)->arguments.front(), "ns1.example.org (2001:db8::1)");
}

TEST_F(DelegationCheck, AZoneAboveThatIsSilentIsNoFault) {
    resolver.failServer("203.0.113.1", AnswerStatus::timedOut);
    resolver.failServer("203.0.113.2", AnswerStatus::timedOut);
    EXPECT_THAT(codes(run()), UnorderedElementsAre(FindingCode::dnssecSecure, FindingCode::delegationSound));
}

TEST_F(DelegationCheck, NamesServersThatCannotBeFound) {
    resolver.remove("ns2.example.org", RecordType::a);
    EXPECT_THAT(codes(run()), Contains(FindingCode::nameServerWithoutAddress));
    resolver.add("ns2.example.org CNAME ns1.example.org.");
    const auto findings = run();
    EXPECT_THAT(codes(findings), Contains(FindingCode::nameServerIsAlias));
    EXPECT_THAT(codes(findings), Contains(FindingCode::nameServerAlone));
}

TEST_F(DelegationCheck, TellsSignedFromUnsignedAndBroken) {
    FakeResolver plain(std::string(goodZone) + zoneAbove);
    EXPECT_THAT(codes(check(profile, plain, {Area::delegation})), Contains(FindingCode::dnssecInsecure));
    resolver.fail("example.org", RecordType::soa, AnswerStatus::bogus, "signature expired");
    const auto findings = run();
    ASSERT_THAT(codes(findings), Contains(FindingCode::dnssecBogus));
    EXPECT_EQ(find(findings, FindingCode::dnssecBogus)->arguments.back(), "signature expired");
}

TEST_F(DelegationCheck, OurOwnRecursionSeesWhatTheResolverDoesNotVerify) {
    resolver.fromRoot().add(goodZone);
    resolver.fromRoot().fail("_dmarc.example.org", AnswerStatus::bogus, "no DNSSEC signature");
    EXPECT_THAT(codes(run()), Contains(FindingCode::dnssecBogus));
}

TEST_F(DelegationCheck, AZoneFileHasNoServers) {
    resolver.setReachesNameServers(false);
    EXPECT_TRUE(run().empty());
}

} // namespace
} // namespace sealwright
