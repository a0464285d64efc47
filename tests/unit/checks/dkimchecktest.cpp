#include "exampledomain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealwright {
namespace {

using namespace test;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class DkimCheck : public ::testing::Test {
protected:
    void SetUp() override {
        profile_.keys = {signingKey(key_)};
        record_ = "s202611._domainkey.example.org TXT v=DKIM1; k=rsa; p=" + profile_.keys.front().publicKey;
    }

    std::vector<Finding> run(FakeResolver& resolver) { return check(profile_, resolver, {Area::dkim}); }

    inline static const KeyPair key_ = *KeyPair::generate(KeyAlgorithm::rsa2048);
    Profile profile_ = exampleProfile();
    std::string record_;
};

TEST_F(DkimCheck, FindsOurKeyAtEveryServer) {
    FakeResolver resolver(goodZone);
    resolver.add(record_);
    const auto findings = run(resolver);
    ASSERT_EQ(codes(findings), (std::vector{FindingCode::dkimPresent, FindingCode::dkimNeverVerified}));
    EXPECT_EQ(findings.front().arguments, (std::vector<std::string>{"s202611", "2"}));
}

TEST_F(DkimCheck, TellsOfTheLastMessageThatOurKeyVerified) {
    FakeResolver resolver(goodZone);
    resolver.add(record_);
    const std::string& fingerprint = profile_.keys.front().fingerprint;
    const std::chrono::sys_seconds then = std::chrono::sys_days(std::chrono::year(2026) / 11 / 27);
    profile_.verified = {{fingerprint, dnsName("example.net"), then},
                         {fingerprint, dnsName("example.com"), then + std::chrono::days(1)},
                         {std::string(64, 'a'), dnsName("later.example.com"), then + std::chrono::days(2)}};
    const auto findings = run(resolver);
    ASSERT_EQ(codes(findings), (std::vector{FindingCode::dkimPresent, FindingCode::dkimVerifiedMessage}));
    EXPECT_EQ(findings.back().arguments, (std::vector<std::string>{"s202611", "example.com", "2026-11-28"}));
    profile_.verified.erase(profile_.verified.begin(), profile_.verified.begin() + 2); // another key's is none of ours
    EXPECT_THAT(codes(run(resolver)), Contains(FindingCode::dkimNeverVerified));
}

TEST_F(DkimCheck, TellsEachFault) {
    const std::string name = "s202611._domainkey.example.org TXT ";
    const std::pair<std::string, FindingCode> faults[] = {
        {"", FindingCode::dkimMissing},
        {name + "v=DKIM1; k=rsa; p=" + ourKey, FindingCode::dkimBroken},
        {name + "v=DKIM1; k=rsa; p=" + KeyPair::generate(KeyAlgorithm::rsa2048)->publicKey(),
         FindingCode::dkimOtherKey},
        {name + "v=DKIM1; p=", FindingCode::dkimRevoked},
        {name + "hello", FindingCode::dkimBroken},
        {record_ + "; t=y", FindingCode::dkimTesting},
        {record_ + "; h=sha1", FindingCode::dkimDiffers},
        {record_ + "\n" + name + "v=DKIM1; p=", FindingCode::dkimSeveral},
    };
    for (const auto& [record, code] : faults) {
        SCOPED_TRACE(record.substr(0, 80));
        FakeResolver resolver(goodZone);
        resolver.add(record);
        EXPECT_THAT(codes(run(resolver)), Contains(code));
    }
}

TEST_F(DkimCheck, NamesTheServerThatLacksIt) {
    FakeResolver resolver(goodZone);
    resolver.add(record_);
    resolver.serverAt("198.51.100.2"); // knows nothing
    const auto findings = run(resolver);
    ASSERT_EQ(codes(findings), std::vector{FindingCode::dkimNotEverywhere});
    EXPECT_EQ(findings.front().arguments, (std::vector<std::string>{"s202611", "ns2.example.org (198.51.100.2)"}));
}

TEST_F(DkimCheck, NamesTheServerThatLacksItAlsoWhereTheResolverAskedThatOne) {
    FakeResolver resolver(goodZone);
    resolver.serverAt("198.51.100.1").add(record_);
    resolver.serverAt("198.51.100.2");
    const auto findings = run(resolver);
    ASSERT_EQ(codes(findings), std::vector{FindingCode::dkimNotEverywhere});
    EXPECT_EQ(findings.front().arguments, (std::vector<std::string>{"s202611", "ns2.example.org (198.51.100.2)"}));
}

TEST_F(DkimCheck, CountsNoServerInWhosePlaceTheNetworkAnswers) {
    FakeResolver resolver(goodZone);
    resolver.add(record_);
    resolver.intercept();
    const auto findings = run(resolver);
    ASSERT_EQ(codes(findings), (std::vector{FindingCode::dkimPresent, FindingCode::dkimNeverVerified}));
    EXPECT_EQ(findings.front().arguments, (std::vector<std::string>{"s202611", ""}));
}

TEST_F(DkimCheck, ASilentServerIsToldAndIsNoFault) {
    FakeResolver resolver(goodZone);
    resolver.add(record_);
    resolver.failServer("198.51.100.2", AnswerStatus::timedOut);
    EXPECT_EQ(codes(run(resolver)),
              (std::vector{FindingCode::dkimPresent, FindingCode::dkimNeverVerified, FindingCode::dkimServerSilent}));
}

TEST_F(DkimCheck, AnIpv6AddressOutOfReachIsNoFaultWhereIpv4Answers) {
    FakeResolver resolver(goodZone);
    resolver.add(record_);
    resolver.add("ns2.example.org AAAA 2001:db8::2");
    resolver.failServer("2001:db8::2", AnswerStatus::timedOut);
    EXPECT_THAT(codes(run(resolver)), Contains(FindingCode::dkimPresent));
    EXPECT_THAT(codes(run(resolver)), SizeIs(2));
}

TEST_F(DkimCheck, SaysWhenOnlyACacheIsBehind) {
    FakeResolver resolver(goodZone);
    for (const auto* address : {"198.51.100.1", "198.51.100.2"}) {
        resolver.serverAt(address).add(record_);
    }
    EXPECT_EQ(codes(run(resolver)), std::vector{FindingCode::dkimNotYetSeen});
}

TEST_F(DkimCheck, AsksNoServersWhereTheyCannotBeReached) {
    FakeResolver resolver(goodZone);
    resolver.add(record_);
    resolver.setReachesNameServers(false);
    EXPECT_THAT(codes(run(resolver)), Contains(FindingCode::dkimPresent));
    EXPECT_THAT(codes(run(resolver)), SizeIs(2));
}

TEST_F(DkimCheck, WarnsOfAShortKey) {
    profile_.keys.front().bits = 1024;
    FakeResolver resolver(goodZone);
    resolver.add(record_);
    EXPECT_THAT(codes(run(resolver)), Contains(FindingCode::dkimShortKey));
}

TEST_F(DkimCheck, WarnsOfAnEd25519KeyWithoutAnRsaKeyBesideIt) {
    SigningKey second = signingKey(*KeyPair::generate(KeyAlgorithm::ed25519));
    second.selector = *Selector::parse("e202611");
    profile_.keys.push_back(second);
    FakeResolver resolver(goodZone);
    resolver.add(record_);
    EXPECT_THAT(codes(run(resolver)), Not(Contains(FindingCode::dkimOnlyEd25519)));
    profile_.keys.erase(profile_.keys.begin());
    EXPECT_THAT(codes(run(resolver)), Contains(FindingCode::dkimOnlyEd25519));
}

TEST_F(DkimCheck, ADomainWithoutAKeyIsTold) {
    profile_.keys.clear();
    FakeResolver resolver(goodZone);
    EXPECT_EQ(codes(run(resolver)), std::vector{FindingCode::dkimNoKey});
}

} // namespace
} // namespace sealwright
