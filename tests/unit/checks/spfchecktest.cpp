#include "exampledomain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealwright {
namespace {

using namespace test;
using ::testing::Contains;
using ::testing::Not;

struct Fault {
    std::string_view name;
    std::string_view record; ///< The domain's SPF record.
    std::string_view add;
    FindingCode expected;
    std::vector<std::string> arguments;
};

const Fault faults[] = {
    {"ends without all", "v=spf1 mx", "", FindingCode::spfNoAll, {}},
    {"terms behind all",
     "v=spf1 mx ~all include:_spf.example.net exp=why.example.org",
     "",
     FindingCode::spfTermsIgnored,
     {"include:_spf.example.net"}},
    {"several all", "v=spf1 mx ~all -all", "", FindingCode::spfTermsIgnored, {"-all"}},
    {"redirect beside all",
     "v=spf1 redirect=_spf.example.net mx -all",
     "",
     FindingCode::spfTermsIgnored,
     {"redirect=_spf.example.net"}},
    {"ptr", "v=spf1 mx ptr:example.org ~all", "", FindingCode::spfPtr, {"ptr:example.org"}},
    {"itself", "v=spf1 mx include:example.org -all", "", FindingCode::spfLoop, {"include:example.org"}},
    {"a circle of two",
     "v=spf1 mx include:_spf.example.net -all",
     "_spf.example.net TXT v=spf1 include:example.org -all",
     FindingCode::spfLoop,
     {"include:example.org"}},
    {"a name that is gone", "v=spf1 mx a:old.example.net ~all", "", FindingCode::spfVoid, {"a:old.example.net"}},
    {"three names that are gone",
     "v=spf1 mx a:a.example.net mx:b.example.net exists:c.example.net ~all",
     "",
     FindingCode::spfTooManyVoids,
     {"a:a.example.net", "mx:b.example.net", "exists:c.example.net"}},
};

void publish(FakeResolver& resolver, std::string_view record) {
    resolver.remove("example.org", RecordType::txt);
    resolver.add("example.org TXT " + std::string(record));
}

TEST(SpfCheck, NamesEachFault) {
    for (const Fault& fault : faults) {
        SCOPED_TRACE(fault.name);
        FakeResolver resolver(goodZone);
        publish(resolver, fault.record);
        resolver.add(fault.add);
        const auto findings = check(exampleProfile(), resolver, {Area::spf});
        const Finding* finding = find(findings, fault.expected);
        ASSERT_NE(finding, nullptr) << ::testing::PrintToString(codes(findings));
        EXPECT_EQ(finding->arguments, fault.arguments);
    }
}

// Without a mail host and with the MX elsewhere nobody is known to send, and no record is planned.
TEST(SpfCheck, CallsNoRecordSoundThatLetsNobodySend) {
    const std::pair<std::string_view, FindingCode> verdicts[] = {
        {"v=spf1 -all", FindingCode::spfNobody},
        {"v=spf1 ~all", FindingCode::spfNobody},
        {"v=spf1 -mx ~all", FindingCode::spfNobody},
        {"v=spf1", FindingCode::spfNobody},
        {"v=spf1 redirect=_spf.example.net", FindingCode::spfPresent},
        {"v=spf1 ip4:192.0.2.1 -all", FindingCode::spfPresent},
        {"v=spf1 +all", FindingCode::spfPassAll},
        {"v=spf1 ipv4:192.0.2.1 -all", FindingCode::spfBroken},
        {"", FindingCode::spfMissing},
    };
    for (const auto& [record, code] : verdicts) {
        SCOPED_TRACE(record);
        FakeResolver resolver(R"(
            example.org       SOA  ns1.example.org. hostmaster.example.org. 1 3600 600 86400 300
            example.org       MX   10 mx.example.net.
            mx.example.net    A    203.0.113.25
            _spf.example.net  TXT  v=spf1 ip4:203.0.113.25 -all)");
        if (!record.empty()) {
            resolver.add("example.org TXT " + std::string(record));
        }
        const auto findings = check(Profile(dnsName("example.org")), resolver, {Area::spf});
        EXPECT_THAT(codes(findings), Contains(code));
        EXPECT_EQ(find(findings, FindingCode::spfPresent) != nullptr, code == FindingCode::spfPresent);
    }
}

TEST(SpfCheck, AMailHostBehindAnAliasInTheMxRecordIsCoveredByMx) {
    FakeResolver resolver(goodZone);
    resolver.remove("example.org", RecordType::mx);
    for (const auto* lines : {"example.org MX 10 mx.example.org.\nmx.example.org CNAME mail.example.org.",
                              "example.org MX 20 also.example.org.\nalso.example.org A 198.51.100.25"}) {
        resolver.add(lines);
        const auto findings = check(exampleProfile(), resolver, {Area::spf});
        EXPECT_NE(find(findings, FindingCode::spfPresent), nullptr);
        EXPECT_EQ(find(findings, FindingCode::spfDiffers), nullptr);
        resolver.remove("example.org", RecordType::mx);
    }
    resolver.add("example.org MX 10 other.example.org.\nother.example.org A 198.51.100.26");
    EXPECT_NE(find(check(exampleProfile(), resolver, {Area::spf}), FindingCode::spfDiffers), nullptr);
}

TEST(SpfCheck, ASoundRecordHasNoneOfThem) {
    FakeResolver resolver(goodZone);
    EXPECT_THAT(codes(check(exampleProfile(), resolver, {Area::spf})),
                ::testing::UnorderedElementsAre(FindingCode::spfPresent, FindingCode::spfSendersPass,
                                                FindingCode::spfHostPresent, FindingCode::spfHeloPass));
}

TEST(SpfCheck, CountsTheCharactersOfALongRecord) {
    std::string record = "v=spf1 mx";
    for (int i = 0; i < 40; ++i) {
        record += " ip4:192.0.2." + std::to_string(100 + i);
    }
    record += " ~all";
    FakeResolver resolver(goodZone);
    publish(resolver, record);
    const auto findings = check(exampleProfile(), resolver, {Area::spf});
    ASSERT_NE(find(findings, FindingCode::spfLong), nullptr);
    EXPECT_EQ(find(findings, FindingCode::spfLong)->arguments.front(), std::to_string(record.size()));
}

TEST(SpfCheck, CountsMxHostsBehindATerm) {
    FakeResolver resolver(goodZone);
    publish(resolver, "v=spf1 mx mx:example.net ~all");
    for (int i = 0; i < 11; ++i) {
        resolver.add("example.net MX 10 mx" + std::to_string(i) + ".example.net.");
    }
    const auto findings = check(exampleProfile(), resolver, {Area::spf});
    ASSERT_NE(find(findings, FindingCode::spfTooManyMxHosts), nullptr);
    EXPECT_THAT(find(findings, FindingCode::spfTooManyMxHosts)->arguments,
                ::testing::ElementsAre("mx:example.net", "11"));
}

TEST(SpfCheck, JudgesTheHeloNameAtEachAddressOfTheMailHost) {
    FakeResolver resolver(goodZone);
    resolver.add("mail.example.org AAAA 2001:db8::25");
    resolver.remove("mail.example.org", RecordType::txt);
    resolver.add("mail.example.org TXT v=spf1 ip4:198.51.100.25 -all");
    Profile profile = exampleProfile();
    profile.addresses = {*IpNetwork::parse("203.0.113.7")}; // whose HELO name nobody knows
    const auto findings = check(profile, resolver, {Area::spf});
    ASSERT_NE(find(findings, FindingCode::spfHeloPass), nullptr);
    EXPECT_THAT(find(findings, FindingCode::spfHeloPass)->arguments, ::testing::ElementsAre("198.51.100.25"));
    ASSERT_NE(find(findings, FindingCode::spfHeloFails), nullptr);
    EXPECT_THAT(find(findings, FindingCode::spfHeloFails)->arguments, ::testing::ElementsAre("2001:db8::25", "fail"));
    EXPECT_EQ(std::ranges::count(findings, FindingCode::spfHeloFails, &Finding::code), 1);
}

TEST(SpfCheck, JudgesTheFirstAddressOfANetwork) {
    FakeResolver resolver(goodZone);
    Profile profile = exampleProfile();
    profile.addresses = {*IpNetwork::parse("203.0.113.64/26")};
    const auto findings = check(profile, resolver, {Area::spf});
    ASSERT_NE(find(findings, FindingCode::spfSenderFails), nullptr);
    EXPECT_EQ(find(findings, FindingCode::spfSenderFails)->arguments.front(), "203.0.113.64");
}

TEST(SpfCheck, WhatTheDnsDidNotTellIsNotVoid) {
    FakeResolver resolver(goodZone);
    publish(resolver, "v=spf1 mx a:a.example.net ~all");
    resolver.fail("a.example.net", AnswerStatus::timedOut);
    const auto found = codes(check(exampleProfile(), resolver, {Area::spf}));
    EXPECT_THAT(found, Not(Contains(FindingCode::spfVoid)));
}

} // namespace
} // namespace sealwright
