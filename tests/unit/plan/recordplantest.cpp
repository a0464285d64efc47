#include "plan/recordplan.h"

#include "support/fakeresolver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

namespace sealwright {
namespace {

using test::dnsName;
using test::FakeResolver;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

constexpr std::string_view soa = " SOA ns1.example.org. hostmaster.example.org. 1 3600 600 86400 300\n";

Profile profileWithKey() {
    Profile profile(dnsName("example.org"));
    profile.mailHost = dnsName("mail.example.org");
    profile.keys = {{*Selector::parse("s202611"), KeyType::rsa, 2048, "MIIBIjAN", "", std::chrono::sys_seconds{}}};
    return profile;
}

RecordPlan planOf(const Profile& profile, std::string_view zone) {
    FakeResolver resolver(zone);
    return makePlan(profile, readPublished(profile, resolver, {}));
}

std::vector<std::string> lines(const RecordPlan& plan) {
    std::vector<std::string> all;
    for (const PlannedRecord& planned : plan.records) {
        const ResourceRecord& record = planned.record;
        all.push_back(std::string(toString(planned.purpose)) + ": " + record.name.toString() + " " +
                      std::string(toString(record.type)) + " " + record.value);
    }
    return all;
}

std::vector<PlanNoteCode> notes(const RecordPlan& plan) {
    std::vector<PlanNoteCode> codes;
    for (const PlanNote& note : plan.notes) {
        codes.push_back(note.code);
    }
    return codes;
}

std::string dmarcOf(const Profile& profile, const std::string& published) {
    for (const PlannedRecord& planned :
         planOf(profile, published.empty() ? "" : "_dmarc.example.org TXT " + published).records) {
        if (planned.purpose == Purpose::dmarc) {
            return planned.record.value;
        }
    }
    return {};
}

TEST(RecordPlan, OfADomainWithNothingPublishedIsAllItNeeds) {
    const RecordPlan plan = planOf(profileWithKey(), "");
    EXPECT_THAT(lines(plan),
                ElementsAre("mx: example.org MX 10 mail.example.org.", "spf: example.org TXT v=spf1 mx ~all",
                            "host-spf: mail.example.org TXT v=spf1 a -all",
                            "dkim: s202611._domainkey.example.org TXT v=DKIM1; k=rsa; p=MIIBIjAN",
                            "dmarc: _dmarc.example.org TXT v=DMARC1; p=none; "
                            "rua=mailto:dmarc-reports@example.org"));
    EXPECT_THAT(notes(plan), ElementsAre());
    for (const PlannedRecord& planned : plan.records) {
        EXPECT_EQ(planned.record.ttl, std::chrono::seconds(300));
        EXPECT_EQ(planned.zone.toString(), "example.org");
    }
}

TEST(RecordPlan, NeverPutsTwoOfAKindAtOneName) {
    Profile profile = profileWithKey();
    profile.mailHost = profile.domain; // the server has the domain's own name
    profile.reportsTo = {*EmailAddress::parse("a@example.net"), *EmailAddress::parse("b@example.net"),
                         *EmailAddress::parse("c@example.com")};
    const RecordPlan plan = planOf(profile, "example.org MX 10 example.org.\nexample.org A 198.51.100.25\n"
                                            "example.org TXT v=spf1 a -all\nexample.org TXT v=spf1 mx ?all");
    std::set<std::pair<DomainName, RecordType>> places;
    for (const PlannedRecord& planned : plan.records) {
        EXPECT_TRUE(places.insert({planned.record.name, planned.record.type}).second) << planned.record.name.toString();
    }
    EXPECT_THAT(lines(plan), Contains("spf: example.org TXT v=spf1 a mx ?all"));
}

TEST(RecordPlan, OfANameThatNeverSendsForbidsAll) {
    Profile profile(dnsName("example.org"));
    profile.role = DomainRole::neverSends;
    EXPECT_THAT(lines(planOf(profile, "example.org TXT v=spf1 mx -all")),
                ElementsAre("spf: example.org TXT v=spf1 -all", "null-mx: example.org MX 0 .",
                            "dmarc: _dmarc.example.org TXT v=DMARC1; p=reject"));
    EXPECT_THAT(lines(planOf(profile, "example.org MX 10 mail.example.org.")),
                Not(Contains(::testing::HasSubstr("null-mx"))));
}

TEST(RecordPlan, WantsAnMxOnlyWhereTheDnsSaysThereIsNone) {
    FakeResolver silent;
    silent.fail("example.org", AnswerStatus::timedOut);
    const Profile profile = profileWithKey();
    const RecordPlan plan = makePlan(profile, readPublished(profile, silent, {}));
    EXPECT_THAT(lines(plan), Not(Contains(::testing::StartsWith("mx:"))));
    EXPECT_THAT(notes(plan), Contains(PlanNoteCode::spfNotRead));
    EXPECT_THAT(lines(planOf(profile, "example.org MX 0 .")), Not(Contains(::testing::StartsWith("mx:"))));
}

TEST(RecordPlan, SaysWhatIsMissingOrTooMuch) {
    Profile profile(dnsName("example.org"));
    for (int i = 0; i < 11; ++i) {
        profile.includes.push_back(dnsName("s" + std::to_string(i) + ".example.net"));
    }
    EXPECT_THAT(notes(planOf(profile, "")),
                ElementsAre(PlanNoteCode::spfTooManyLookups, PlanNoteCode::mailHostUnknown, PlanNoteCode::noKey));
    Profile onlyEd25519 = profileWithKey();
    onlyEd25519.keys.front().type = KeyType::ed25519;
    EXPECT_THAT(notes(planOf(onlyEd25519, "")), ElementsAre(PlanNoteCode::noRsaKey));
    const RecordPlan noSender = planOf(Profile(dnsName("example.org")), "example.org MX 10 mx.example.net.");
    EXPECT_THAT(lines(noSender), Not(Contains(::testing::StartsWith("spf:")))) << "it would refuse all mail";
    EXPECT_THAT(notes(noSender), Contains(PlanNoteCode::mailHostUnknown));
    Profile longName = profileWithKey();
    longName.keys.front().selector =
        *Selector::parse(std::string(63, 'a') + "." + std::string(63, 'b') + "." + std::string(63, 'c'));
    longName.domain = dnsName(std::string(63, 'd') + ".org");
    EXPECT_THAT(notes(planOf(longName, "")), Contains(PlanNoteCode::nameTooLong));
}

TEST(RecordPlan, KnowsTheZoneEachRecordGoesTo) {
    Profile profile(dnsName("news.example.org"));
    profile.mailHost = dnsName("mail.example.net");
    const RecordPlan plan = planOf(profile, "example.org" + std::string(soa) + "example.net" + std::string(soa));
    for (const PlannedRecord& planned : plan.records) {
        EXPECT_EQ(planned.zone.toString(), planned.purpose == Purpose::hostSpf ? "example.net" : "example.org");
    }
    // Off line the best guess has to do.
    for (const PlannedRecord& planned : planOf(profile, "").records) {
        EXPECT_EQ(planned.zone.toString(), planned.purpose == Purpose::hostSpf ? "example.net" : "news.example.org");
    }
}

TEST(DmarcPlan, KeepsWhatIsPublishedAndAddsWhatIsWanted) {
    Profile plain(dnsName("example.org"));
    Profile reports = plain;
    reports.reportsTo = {*EmailAddress::parse("me@example.org")};
    Profile strict = plain;
    strict.policy = dmarc::Policy::quarantine;
    Profile loose = plain;
    loose.policy = dmarc::Policy::none;
    struct Case {
        std::string_view why;
        const Profile& profile;
        std::string published, expected;
    };
    const Case cases[] = {
        {"the policy stays", plain, "v=DMARC1; p=reject; rua=mailto:x@example.org",
         "v=DMARC1; p=reject; rua=mailto:x@example.org"},
        {"an address is added", reports, "v=DMARC1; p=none; rua=mailto:x@example.org!10m",
         "v=DMARC1; p=none; rua=mailto:x@example.org!10m,mailto:me@example.org"},
        {"an address that is there", reports, "v=DMARC1; p=none; rua=MAILTO:me@EXAMPLE.org",
         "v=DMARC1; p=none; rua=MAILTO:me@EXAMPLE.org"},
        {"old and unknown tags stay", plain, "v=DMARC1; pct=50; p=none; new=1; rua=mailto:x@example.org",
         "v=DMARC1; p=none; rua=mailto:x@example.org; pct=50; new=1"},
        {"nonsense goes", plain, "v=DMARC1; p=monitor; rua=me@example.org",
         "v=DMARC1; p=none; rua=mailto:dmarc-reports@example.org"},
        {"a stricter policy is spelled out", strict, "v=DMARC1; p=none; rua=mailto:x@example.org",
         "v=DMARC1; p=quarantine; sp=quarantine; np=reject; rua=mailto:x@example.org"},
        {"what subdomains have of their own stays", strict, "v=DMARC1; p=none; sp=reject; rua=mailto:x@example.org",
         "v=DMARC1; p=quarantine; sp=reject; np=reject; rua=mailto:x@example.org"},
        {"subdomains go along on the way back", loose, "v=DMARC1; p=reject; sp=reject; rua=mailto:x@example.org",
         "v=DMARC1; p=none; rua=mailto:x@example.org"},
        {"another text", plain, "hello", "v=DMARC1; p=none; rua=mailto:dmarc-reports@example.org"},
    };
    for (const Case& each : cases) {
        EXPECT_EQ(dmarcOf(each.profile, each.published), each.expected) << each.why;
    }
}

TEST(DmarcPlan, TellsWhatItKept) {
    const RecordPlan plan = planOf(profileWithKey(), "_dmarc.example.org TXT v=DMARC1; p=reject; pct=50; ri=3600");
    EXPECT_THAT(plan.notes, ElementsAre(PlanNote{PlanNoteCode::dmarcKept, dnsName("example.org"), "reject"},
                                        PlanNote{PlanNoteCode::dmarcTagsObsolete, dnsName("example.org"), "pct, ri"}));
}

TEST(DmarcPlan, WantsTheConsentOfOtherOrganizationsOnly) {
    struct Case {
        std::string_view domain, host, zones;
        bool needed;
    };
    const std::string oneZone = "example.org" + std::string(soa);
    const std::string twoZones = oneZone + "example.net" + std::string(soa);
    const Case cases[] = {
        {"example.org", "example.org", "", false},
        {"example.org", "rua.example.org", "", false},
        {"news.example.org", "example.org", "", false},
        {"a.example.org", "b.example.org", oneZone, false}, // one zone, one organization
        {"a.example.org", "b.example.org", "", true},       // nobody knows: a record too many does no harm
        {"example.org", "example.net", twoZones, true},
        {"example.org", "notexample.org", "", true},
    };
    for (const Case& each : cases) {
        Profile profile(dnsName(each.domain));
        profile.reportsTo = {*EmailAddress::parse("dmarc@" + std::string(each.host))};
        const std::string wanted = "report-authorization: " + std::string(each.domain) + "._report._dmarc." +
                                   std::string(each.host) + " TXT v=DMARC1;";
        const auto all = lines(planOf(profile, each.zones));
        EXPECT_EQ(std::ranges::count(all, wanted), each.needed ? 1 : 0) << wanted;
    }
}

} // namespace
} // namespace sealwright
