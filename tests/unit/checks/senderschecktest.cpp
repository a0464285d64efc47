#include "exampledomain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealwright {
namespace {

using namespace test;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

constexpr std::string_view reverse = "25.100.51.198.in-addr.arpa";
constexpr std::string_view reverse6 = "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa";

std::string namedZone() {
    return std::string(goodZone) + "\n25.100.51.198.in-addr.arpa PTR mail.example.org.\n";
}

struct Fault {
    std::string_view name;
    std::string_view remove; ///< This name's records of
    RecordType type;         ///< this type are taken out, and
    std::string_view add;    ///< these put in.
    std::vector<FindingCode> expected;
};

const Fault faults[] = {
    {"none", "", RecordType::a, "", {FindingCode::senderConfirmed}},
    {"no PTR", reverse, RecordType::ptr, "", {FindingCode::senderWithoutName}},
    {"no PTR for IPv6",
     "",
     RecordType::a,
     "mail.example.org AAAA 2001:db8::25",
     {FindingCode::senderConfirmed, FindingCode::senderV6WithoutName}},
    {"both named",
     "",
     RecordType::a,
     "mail.example.org AAAA 2001:db8::25\n"
     "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa PTR mail.example.org.",
     {FindingCode::senderConfirmed, FindingCode::senderConfirmed}},
    {"PTR to a name without address",
     reverse,
     RecordType::ptr,
     "25.100.51.198.in-addr.arpa PTR nowhere.example.net.",
     {FindingCode::senderNotConfirmed}},
    {"PTR to a name with another address",
     reverse,
     RecordType::ptr,
     "25.100.51.198.in-addr.arpa PTR www.example.net.\nwww.example.net A 198.51.100.80",
     {FindingCode::senderNotConfirmed}},
    {"several names",
     "",
     RecordType::a,
     "25.100.51.198.in-addr.arpa PTR www.example.net.",
     {FindingCode::senderSeveralNames, FindingCode::senderConfirmed}},
    {"the provider's name",
     reverse,
     RecordType::ptr,
     "25.100.51.198.in-addr.arpa PTR 198-51-100-25.example.net.\n198-51-100-25.example.net A 198.51.100.25",
     {FindingCode::senderConfirmed, FindingCode::senderGenericName}},
    {"a name of one's own that looks like it",
     reverse,
     RecordType::ptr,
     "25.100.51.198.in-addr.arpa PTR pool.example.org.\npool.example.org A 198.51.100.25",
     {FindingCode::senderConfirmed, FindingCode::senderOtherName}},
    {"another name than HELO",
     reverse,
     RecordType::ptr,
     "25.100.51.198.in-addr.arpa PTR v7.example.net.\nv7.example.net A 198.51.100.25",
     {FindingCode::senderConfirmed, FindingCode::senderOtherName}},
    {"HELO without address", "mail.example.org", RecordType::a, "", {FindingCode::heloWithoutAddress}},
    {"private address",
     "mail.example.org",
     RecordType::a,
     "mail.example.org A 192.168.1.25",
     {FindingCode::senderPrivate}},
    {"loopback beside a good one",
     "",
     RecordType::a,
     "mail.example.org AAAA ::1",
     {FindingCode::senderConfirmed, FindingCode::senderPrivate}},
};

TEST(SendersCheck, NamesEachFault) {
    for (const Fault& fault : faults) {
        SCOPED_TRACE(fault.name);
        FakeResolver resolver(namedZone());
        if (!fault.remove.empty()) {
            resolver.remove(fault.remove, fault.type);
        }
        resolver.add(fault.add);
        EXPECT_THAT(codes(check(exampleProfile(), resolver, {Area::senders})),
                    ::testing::UnorderedElementsAreArray(fault.expected));
    }
}

TEST(SendersCheck, TellsAddressNameAndTheNameItShouldHave) {
    FakeResolver resolver(namedZone());
    resolver.remove(reverse, RecordType::ptr);
    EXPECT_THAT(check(exampleProfile(), resolver, {Area::senders}).front().arguments,
                ElementsAre("198.51.100.25", "mail.example.org"));
}

TEST(SendersCheck, LooksAtTheAddressesTheProfileNamesToo) {
    Profile profile = exampleProfile();
    profile.addresses = {*IpNetwork::parse("203.0.113.7"), *IpNetwork::parse("203.0.113.64/26")};
    FakeResolver resolver(namedZone());
    resolver.add("7.113.0.203.in-addr.arpa PTR out.example.net.\nout.example.net A 203.0.113.7");
    const auto findings = check(profile, resolver, {Area::senders});
    EXPECT_THAT(codes(findings), UnorderedElementsAre(FindingCode::senderConfirmed, FindingCode::senderConfirmed,
                                                      FindingCode::heloElsewhere));
    EXPECT_FALSE(resolver.wasAsked("64.113.0.203.in-addr.arpa", RecordType::ptr)) << "of a network nothing is known";
}

TEST(SendersCheck, TakesMxHostsThatSpfLetsPassForSendersWhereNobodyNamedOne) {
    Profile profile(dnsName("example.org"));
    FakeResolver resolver(namedZone());
    resolver.add("example.org MX 20 backup.example.net.\nbackup.example.net A 203.0.113.9");
    resolver.remove("example.org", RecordType::txt);
    resolver.add("example.org TXT v=spf1 ip4:198.51.100.25 -all");
    const auto findings = check(profile, resolver, {Area::senders});
    EXPECT_THAT(codes(findings), ElementsAre(FindingCode::senderConfirmed));
    EXPECT_FALSE(resolver.wasAsked("9.113.0.203.in-addr.arpa", RecordType::ptr));
    resolver.remove("example.org", RecordType::txt);
    EXPECT_THAT(codes(check(profile, resolver, {Area::senders})), ElementsAre(FindingCode::sendersUnknown));
}

TEST(SendersCheck, AsksInTwoRoundTrips) {
    Profile profile = exampleProfile();
    profile.addresses = {*IpNetwork::parse("203.0.113.7"), *IpNetwork::parse("2001:db8::25")};
    FakeResolver resolver(namedZone());
    resolver.add("7.113.0.203.in-addr.arpa PTR out.example.net.\n" + std::string(reverse6) + " PTR out.example.net.");
    check(profile, resolver, {Area::senders});
    const int all = resolver.rounds();
    FakeResolver plain(namedZone());
    check(profile, plain, {});
    EXPECT_EQ(all - plain.rounds(), 2);
}

TEST(SendersCheck, WhatTheDnsDidNotTellIsUnknown) {
    for (const std::string_view name : {reverse, std::string_view("mail.example.net")}) {
        SCOPED_TRACE(name);
        FakeResolver resolver(namedZone());
        resolver.remove(reverse, RecordType::ptr);
        resolver.add("25.100.51.198.in-addr.arpa PTR mail.example.net.");
        resolver.fail(name, AnswerStatus::timedOut);
        EXPECT_THAT(codes(check(exampleProfile(), resolver, {Area::senders})), ElementsAre(FindingCode::unknown));
    }
}

TEST(SendersCheck, OffLineSaysOnceThatNobodyWasAsked) {
    Profile profile = exampleProfile();
    profile.addresses = {*IpNetwork::parse("203.0.113.7"), *IpNetwork::parse("198.51.100.25")};
    FakeResolver resolver(goodZone);
    resolver.fail(reverse, AnswerStatus::notAsked);
    resolver.fail("7.113.0.203.in-addr.arpa", AnswerStatus::notAsked);
    EXPECT_THAT(codes(check(profile, resolver, {Area::senders})), ElementsAre(FindingCode::outsideZone));
}

TEST(SendersCheck, ADomainThatNeverSendsHasNone) {
    Profile profile(dnsName("example.org"));
    profile.role = DomainRole::neverSends;
    FakeResolver resolver(namedZone());
    EXPECT_THAT(check(profile, resolver, {Area::senders}), IsEmpty());
}

TEST(SendersCheck, ThatWasStoppedTellsNothing) {
    FakeResolver resolver(namedZone());
    for (int round = 0; round < 3; ++round) {
        std::stop_source stop;
        FakeResolver stopping(namedZone());
        stopping.beforeRound([&](int before) {
            if (before == round) {
                stop.request_stop();
            }
        });
        EXPECT_THAT(check(exampleProfile(), stopping, {Area::senders}, stop.get_token()), IsEmpty()) << round;
    }
}

TEST(SendersCheck, IsNotDrownedByAnAnswerOfThousands) {
    FakeResolver resolver(namedZone());
    for (int i = 0; i < 2000; ++i) {
        resolver.add("mail.example.org A 198.51." + std::to_string(i / 250) + "." + std::to_string(i % 250));
        resolver.add("25.100.51.198.in-addr.arpa PTR host" + std::to_string(i) + ".example.net.");
    }
    check(exampleProfile(), resolver, {Area::senders});
    EXPECT_LT(resolver.questions().size(), 100U);
}

} // namespace
} // namespace sealwright
