#include "exampledomain.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace sealwright {
namespace {

using namespace test;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

struct Situation {
    std::string_view name;
    Area area;
    std::string_view removeName; ///< Records of this name and type are taken out of the good zone,
    RecordType removeType;
    std::string_view add; ///< and these put in.
    FindingCode expected;
    std::string_view argument; ///< The first one; empty: not looked at.
};

const Situation situations[] = {
    {"good", Area::mx, "", RecordType::txt, "", FindingCode::mxFound, "mail.example.org"},
    {"no MX", Area::mx, "example.org", RecordType::mx, "", FindingCode::mxMissing, ""},
    {"null MX", Area::mx, "example.org", RecordType::mx, "example.org MX 0 .", FindingCode::mxNull, ""},
    {"MX host without address", Area::mx, "mail.example.org", RecordType::a, "", FindingCode::mxHostWithoutAddress,
     "mail.example.org"},
    {"MX host is an alias", Area::mx, "example.org", RecordType::mx,
     "example.org MX 10 mx.example.org.\nmx.example.org CNAME mail.example.org.", FindingCode::mxHostIsAlias,
     "mx.example.org"},
    {"good", Area::spf, "", RecordType::txt, "", FindingCode::spfPresent, "1"},
    {"host SPF", Area::spf, "", RecordType::txt, "", FindingCode::spfHostPresent, ""},
    {"no SPF", Area::spf, "example.org", RecordType::txt, "", FindingCode::spfMissing, ""},
    {"two SPF records", Area::spf, "", RecordType::txt, "example.org TXT v=spf1 a -all", FindingCode::spfSeveral, "2"},
    {"broken term", Area::spf, "example.org", RecordType::txt, "example.org TXT v=spf1 mx ipv4:192.0.2.1 -all",
     FindingCode::spfBroken, "ipv4:192.0.2.1"},
    {"everybody may send", Area::spf, "example.org", RecordType::txt, "example.org TXT v=spf1 mx +all",
     FindingCode::spfPassAll, "+all"},
    {"everybody by a network", Area::spf, "example.org", RecordType::txt, "example.org TXT v=spf1 ip6:::/0 -all",
     FindingCode::spfPassAll, "ip6:::/0"},
    {"plain all", Area::spf, "example.org", RecordType::txt, "example.org TXT v=spf1 mx all", FindingCode::spfPassAll,
     "+all"},
    {"says nothing", Area::spf, "example.org", RecordType::txt, "example.org TXT v=spf1 mx ?all",
     FindingCode::spfNeutralAll, "?all"},
    {"our server is not in it", Area::spf, "example.org", RecordType::txt, "example.org TXT v=spf1 ip4:192.0.2.1 -all",
     FindingCode::spfDiffers, ""},
    {"include without a record", Area::spf, "example.org", RecordType::txt,
     "example.org TXT v=spf1 mx include:_spf.example.net -all", FindingCode::spfIncludeUnusable, "_spf.example.net"},
    {"include of itself", Area::spf, "example.org", RecordType::txt,
     "example.org TXT v=spf1 mx include:example.org -all", FindingCode::spfTooManyLookups, ""},
    {"no host SPF", Area::spf, "mail.example.org", RecordType::txt, "", FindingCode::spfHostMissing, ""},
    {"other host SPF", Area::spf, "mail.example.org", RecordType::txt, "mail.example.org TXT v=spf1 -all",
     FindingCode::spfHostDiffers, ""},
    {"good", Area::dmarc, "", RecordType::txt, "", FindingCode::dmarcPresent, "none"},
    {"no DMARC", Area::dmarc, "_dmarc.example.org", RecordType::txt, "", FindingCode::dmarcMissing, ""},
    {"the parent's applies", Area::dmarc, "_dmarc.example.org", RecordType::txt,
     "_dmarc.org TXT v=DMARC1; p=reject; psd=n", FindingCode::dmarcInherited, "org"},
    {"two DMARC records", Area::dmarc, "", RecordType::txt, "_dmarc.example.org TXT v=DMARC1; p=reject",
     FindingCode::dmarcSeveral, "2"},
    {"reports to nobody", Area::dmarc, "_dmarc.example.org", RecordType::txt, "_dmarc.example.org TXT v=DMARC1; p=none",
     FindingCode::dmarcNoReports, ""},
    {"reports to nobody, and all else as it should be", Area::dmarc, "_dmarc.example.org", RecordType::txt,
     "_dmarc.example.org TXT v=DMARC1; p=none", FindingCode::dmarcPresent, "none"},
    {"our address is not in it", Area::dmarc, "_dmarc.example.org", RecordType::txt,
     "_dmarc.example.org TXT v=DMARC1; p=none; rua=mailto:else@example.org", FindingCode::dmarcDiffers, "none"},
    {"no policy", Area::dmarc, "_dmarc.example.org", RecordType::txt,
     "_dmarc.example.org TXT v=DMARC1; rua=mailto:dmarc-reports@example.org", FindingCode::dmarcNoPolicy, ""},
    {"policy nobody knows", Area::dmarc, "_dmarc.example.org", RecordType::txt,
     "_dmarc.example.org TXT v=DMARC1; p=monitor; rua=mailto:dmarc-reports@example.org", FindingCode::dmarcIgnoredTags,
     "p"},
    {"tags of RFC 7489", Area::dmarc, "_dmarc.example.org", RecordType::txt,
     "_dmarc.example.org TXT v=DMARC1; p=none; pct=50; rua=mailto:dmarc-reports@example.org",
     FindingCode::dmarcObsoleteTags, "pct"},
    {"misspelt version", Area::dmarc, "_dmarc.example.org", RecordType::txt,
     "_dmarc.example.org TXT v=dmarc1; p=reject", FindingCode::dmarcBroken, "v=dmarc1; p=reject"},
    {"good", Area::reports, "", RecordType::txt, "", FindingCode::reportsInside, ""},
};

TEST(CheckRunner, SeesEachSituation) {
    for (const Situation& situation : situations) {
        SCOPED_TRACE(std::string(toString(situation.area)) + ": " + std::string(situation.name));
        FakeResolver resolver(goodZone);
        if (!situation.removeName.empty()) {
            resolver.remove(situation.removeName, situation.removeType);
        }
        resolver.add(situation.add);
        const auto findings = check(exampleProfile(), resolver, {situation.area});
        const Finding* finding = find(findings, situation.expected);
        ASSERT_NE(finding, nullptr) << "found instead: " << ::testing::PrintToString(codes(findings));
        EXPECT_EQ(finding->area, situation.area);
        if (!situation.argument.empty()) {
            ASSERT_THAT(finding->arguments, Not(IsEmpty()));
            EXPECT_EQ(finding->arguments.front(), situation.argument);
        }
    }
}

TEST(CheckRunner, NamesTheRecordToPublishWhereOneIsMissing) {
    FakeResolver resolver(goodZone);
    resolver.remove("_dmarc.example.org", RecordType::txt);
    const auto findings = check(exampleProfile(), resolver, {Area::dmarc});
    const Finding* finding = find(findings, FindingCode::dmarcMissing);
    ASSERT_NE(finding, nullptr);
    ASSERT_THAT(finding->expected, SizeIs(1));
    EXPECT_EQ(finding->expected.front().value, "v=DMARC1; p=none; rua=mailto:dmarc-reports@example.org");
}

TEST(CheckRunner, ADomainThatDoesNotExistIsToldSo) {
    FakeResolver resolver;
    const auto findings = check(exampleProfile(), resolver, {Area::mx});
    EXPECT_NE(find(findings, FindingCode::domainNotFound), nullptr);
}

TEST(CheckRunner, ANameThatNeverSendsWantsANullMx) {
    Profile profile(dnsName("example.org"));
    profile.role = DomainRole::neverSends;
    FakeResolver resolver("example.org A 198.51.100.9");
    const auto without = check(profile, resolver, {Area::mx});
    ASSERT_NE(find(without, FindingCode::nullMxMissing), nullptr);
    ASSERT_THAT(find(without, FindingCode::nullMxMissing)->expected, SizeIs(1));
    resolver.add("example.org MX 0 .");
    EXPECT_NE(find(check(profile, resolver, {Area::mx}), FindingCode::nullMxPresent), nullptr);
}

TEST(CheckRunner, ANameThatNeverSendsNeedsNoKeyAndNoReports) {
    Profile profile(dnsName("example.org"));
    profile.role = DomainRole::neverSends;
    FakeResolver resolver("example.org TXT v=spf1 -all\n_dmarc.example.org TXT v=DMARC1; p=reject\nexample.org MX 0 .");
    const auto findings = check(profile, resolver, {Area::mx, Area::spf, Area::dkim, Area::dmarc, Area::reports});
    EXPECT_THAT(codes(findings),
                ::testing::UnorderedElementsAre(FindingCode::nullMxPresent, FindingCode::spfPresent,
                                                FindingCode::dmarcPresent, FindingCode::reportsNotAsked));
}

TEST(CheckRunner, OffLineWhatNoZoneFileHoldsIsOutside) {
    FakeResolver resolver(goodZone);
    resolver.fail("mail.example.org", AnswerStatus::notAsked);
    EXPECT_NE(find(check(exampleProfile(), resolver, {Area::spf}), FindingCode::outsideZone), nullptr);
}

/// As libunbound does it: what was answered before costs no wait. Each check waits in a thread of its own.
class RememberingResolver final : public Resolver {
public:
    explicit RememberingResolver(Resolver& behind) : behind_(behind) {}

    std::vector<Answer> lookupAll(std::span<const Question> questions, std::stop_token stop) override {
        {
            const std::scoped_lock lock(mutex_);
            const auto isNew = [this](const Question& question) { return known_.insert(question).second; };
            rounds_[std::this_thread::get_id()] += std::ranges::count_if(questions, isNew) > 0 ? 1 : 0;
        }
        return behind_.lookupAll(questions, std::move(stop));
    }
    std::vector<Reply> askServers(std::span<const ServerQuestion> questions, std::stop_token stop) override {
        {
            const std::scoped_lock lock(mutex_);
            ++rounds_[std::this_thread::get_id()];
        }
        return behind_.askServers(questions, std::move(stop));
    }
    [[nodiscard]] bool reachesNameServers() const override { return behind_.reachesNameServers(); }

    /// What all checks wait for, and the longest wait of one of them.
    int rounds() {
        const int before = rounds_[std::this_thread::get_id()];
        rounds_.erase(std::this_thread::get_id());
        int longest = 0;
        for (const auto& [thread, count] : rounds_) {
            longest = std::max(longest, count);
        }
        return before + longest;
    }

private:
    Resolver& behind_;
    std::mutex mutex_;
    std::set<Question> known_;
    std::map<std::thread::id, int> rounds_;
};

// Waiting is what a check costs: at most 4 round trips beyond the first, however much there is to ask, and one more to
// look for a record that is not where it should be.
TEST(CheckRunner, AsksInFewRounds) {
    FakeResolver resolver(goodZone);
    resolver.remove("example.org", RecordType::txt);
    resolver.add("example.org TXT v=spf1 mx include:a.example.net include:b.example.net -all\n"
                 "a.example.net TXT v=spf1 include:c.example.net -all\n"
                 "b.example.net TXT v=spf1 redirect=c.example.net\n"
                 "c.example.net TXT v=spf1 ip4:192.0.2.1 -all");
    Profile profile = exampleProfile();
    profile.keys = {{*Selector::parse("s1"), KeyType::ed25519, 256, "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", "",
                     std::chrono::sys_seconds{}},
                    {*Selector::parse("s2"), KeyType::ed25519, 256, "pP+YUyRjAvKha4Oc49KAY703oLUS1NLMEuGD3IHMKww=", "",
                     std::chrono::sys_seconds{}}};
    FakeNetwork network;
    RememberingResolver lacking(resolver);
    runChecks({profile, lacking, network}, [](const Finding&) {}, {});
    EXPECT_LE(lacking.rounds(), 6);
    resolver.add("s1._domainkey.example.org TXT v=DKIM1; k=ed25519; p=" + profile.keys[0].publicKey +
                 "\ns2._domainkey.example.org TXT v=DKIM1; k=ed25519; p=" + profile.keys[1].publicKey);
    RememberingResolver remembering(resolver);
    runChecks({profile, remembering, network}, [](const Finding&) {}, {});
    EXPECT_LE(remembering.rounds(), 5);
}

TEST(CheckRunner, ASilentServerMakesUnknownAndNeverMissing) {
    FakeResolver resolver(goodZone);
    resolver.fail("example.org", AnswerStatus::timedOut);
    resolver.fail("_dmarc.example.org", AnswerStatus::serverFailure, "SERVFAIL");
    const auto findings = check(exampleProfile(), resolver, {Area::mx, Area::spf, Area::dmarc});
    EXPECT_EQ(find(findings, FindingCode::mxMissing), nullptr);
    EXPECT_EQ(find(findings, FindingCode::spfMissing), nullptr);
    EXPECT_EQ(find(findings, FindingCode::dmarcMissing), nullptr);
    EXPECT_EQ(std::ranges::count(findings, FindingCode::unknown, &Finding::code), 3);
}

TEST(CheckRunner, AForgedAnswerIsToldAsBogus) {
    FakeResolver resolver(goodZone);
    resolver.fail("_dmarc.example.org", AnswerStatus::bogus, "signature crypto failed");
    const auto findings = check(exampleProfile(), resolver, {Area::dmarc});
    const Finding* finding = find(findings, FindingCode::bogus);
    ASSERT_NE(finding, nullptr);
    EXPECT_THAT(finding->arguments, Contains("signature crypto failed"));
}

TEST(CheckRunner, StopsWhenAsked) {
    FakeResolver resolver(goodZone);
    std::stop_source stop;
    stop.request_stop();
    EXPECT_THAT(check(exampleProfile(), resolver, {Area::mx, Area::spf, Area::dkim, Area::dmarc, Area::reports},
                      stop.get_token()),
                Not(Contains(::testing::Field(&Finding::code, FindingCode::mxMissing))));
}

TEST(CheckRunner, TellsWhichAreasAreThroughAfterTheirFindings) {
    FakeResolver resolver(goodZone);
    FakeNetwork network;
    const Profile profile = exampleProfile();
    std::multiset<Area> done;
    runChecks({.profile = profile,
               .resolver = resolver,
               .network = network,
               .areaDone = [&](Area area) { done.insert(area); }},
              [&](const Finding& finding) { EXPECT_FALSE(done.contains(finding.area)); }, {});
    EXPECT_EQ(done, std::multiset<Area>(std::begin(allAreas), std::end(allAreas)));
}

TEST(CheckRunner, CountsWhatIncludesCost) {
    FakeResolver resolver(goodZone);
    resolver.remove("example.org", RecordType::txt);
    resolver.add("example.org TXT v=spf1 mx include:a.example.net include:b.example.net -all\n"
                 "a.example.net TXT v=spf1 a mx ptr exists:%{i}.example.net ip4:192.0.2.1 -all\n"
                 "b.example.net TXT v=spf1 redirect=c.example.net\n"
                 "c.example.net TXT v=spf1 a mx a:x.example.net -all");
    const auto findings = check(exampleProfile(), resolver, {Area::spf});
    const Finding* finding = find(findings, FindingCode::spfTooManyLookups);
    ASSERT_NE(finding, nullptr);
    EXPECT_EQ(finding->arguments.front(), "11"); // 1 mx + 2 includes + 4 in a + 1 redirect + 3 in c
}

TEST(CheckRunner, JudgesEachSenderAsReceiversDo) {
    Profile profile = exampleProfile();
    FakeResolver resolver(goodZone);
    resolver.add("mail.example.org AAAA 2001:db8::25");
    const auto passing = check(profile, resolver, {Area::spf});
    ASSERT_NE(find(passing, FindingCode::spfSendersPass), nullptr);
    EXPECT_EQ(find(passing, FindingCode::spfSendersPass)->arguments,
              (std::vector<std::string>{"198.51.100.25", "2001:db8::25"}));
    EXPECT_EQ(find(passing, FindingCode::spfSenderFails), nullptr);

    profile.addresses = {*IpNetwork::parse("203.0.113.7")};
    const auto failing = check(profile, resolver, {Area::spf});
    ASSERT_NE(find(failing, FindingCode::spfSenderFails), nullptr);
    EXPECT_EQ(find(failing, FindingCode::spfSenderFails)->arguments,
              (std::vector<std::string>{"203.0.113.7", "softfail"}));
}

TEST(CheckRunner, TellsWhereOlderReceiversDoOtherwise) {
    FakeResolver resolver(goodZone);
    resolver.remove("_dmarc.example.org", RecordType::txt);
    resolver.add("_dmarc.example.org TXT v=DMARC1; p=reject; t=y; rua=mailto:dmarc-reports@example.org");
    const auto findings = check(exampleProfile(), resolver, {Area::dmarc});
    const Finding* finding = find(findings, FindingCode::dmarcStandardsDiffer);
    ASSERT_NE(finding, nullptr);
    EXPECT_EQ(finding->arguments[0], "testing");
    EXPECT_EQ(finding->arguments[1], "v=DMARC1; p=quarantine; sp=quarantine; rua=mailto:dmarc-reports@example.org");
}

TEST(CheckRunner, ReportsToAnotherDomainNeedItsConsent) {
    Profile profile = exampleProfile();
    profile.reportsTo = {*EmailAddress::parse("dmarc@example.net")};
    FakeResolver resolver(goodZone);
    resolver.add("example.net SOA ns1.example.net. h.example.net. 1 3600 600 86400 300");
    const auto without = check(profile, resolver, {Area::reports});
    const Finding* finding = find(without, FindingCode::reportsNotAuthorized);
    ASSERT_NE(finding, nullptr);
    EXPECT_EQ(finding->arguments.front(), "example.net");
    ASSERT_THAT(finding->expected, SizeIs(1));
    EXPECT_EQ(finding->expected.front().name.toString(), "example.org._report._dmarc.example.net");

    resolver.add("example.org._report._dmarc.example.net TXT v=DMARC1;");
    EXPECT_NE(find(check(profile, resolver, {Area::reports}), FindingCode::reportsAuthorized), nullptr);
}

} // namespace
} // namespace sealwright
