#include "plan/transportplan.h"

#include "plan/comparison.h"
#include "support/fakeresolver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealwright {
namespace {

using test::dnsName;
using test::FakeResolver;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string digest(64, 'a');
const std::string nextDigest(64, 'b');
constexpr std::string_view soa = " SOA ns1.example.org. hostmaster.example.org. 1 3600 600 86400 300\n";

Profile protectedProfile() {
    Profile profile(dnsName("example.org"));
    profile.mailHost = dnsName("mail.example.org");
    profile.mtaSts = MtaSts{};
    profile.tlsReportsTo = {*EmailAddress::parse("tls@example.org")};
    profile.certificateKeys = {digest, nextDigest};
    return profile;
}

RecordPlan planOf(const Profile& profile, FakeResolver& resolver) {
    return makePlan(profile, readPublished(profile, resolver, {}));
}

RecordPlan planOf(const Profile& profile, std::string_view zone) {
    FakeResolver resolver(zone);
    return planOf(profile, resolver);
}

std::vector<std::string> lines(const RecordPlan& plan) {
    std::vector<std::string> all;
    for (const auto& [record, purpose, zone] : plan.records) {
        if (purpose >= Purpose::mtaSts) {
            all.push_back(std::string(toString(purpose)) + ": " + record.name.toString() + " " +
                          std::string(toString(record.type)) + " " + record.value);
        }
    }
    return all;
}

std::vector<PlanNoteCode> notes(const RecordPlan& plan) {
    std::vector<PlanNoteCode> codes;
    for (const PlanNote& note : plan.notes) {
        if (note.code >= PlanNoteCode::mtaStsNeedsWebServer) {
            codes.push_back(note.code);
        }
    }
    return codes;
}

std::string policyOf(const Profile& profile, std::string_view zone) {
    const RecordPlan plan = planOf(profile, zone);
    return plan.mtaStsPolicy ? plan.mtaStsPolicy->toString() : "";
}

TEST(TransportPlan, IsEmptyWhereNothingIsWanted) {
    Profile plain(dnsName("example.org"));
    plain.mailHost = dnsName("mail.example.org");
    EXPECT_THAT(lines(planOf(plain, "")), IsEmpty());
    EXPECT_THAT(notes(planOf(plain, "")), IsEmpty());
    Profile silent = protectedProfile();
    silent.role = DomainRole::neverSends;
    EXPECT_THAT(lines(planOf(silent, "")), IsEmpty());
}

TEST(TransportPlan, HasARecordForEachWish) {
    const RecordPlan plan = planOf(protectedProfile(), "");
    ASSERT_TRUE(plan.mtaStsPolicy);
    EXPECT_EQ(plan.mtaStsPolicy->toString(),
              "version: STSv1\r\nmode: testing\r\nmx: mail.example.org\r\nmax_age: 86400\r\n");
    EXPECT_THAT(lines(plan),
                ElementsAre("mta-sts: _mta-sts.example.org TXT v=STSv1; id=" + policyId(*plan.mtaStsPolicy) + ";",
                            "mta-sts-host: mta-sts.example.org CNAME mail.example.org.",
                            "tls-rpt: _smtp._tls.example.org TXT v=TLSRPTv1; rua=mailto:tls@example.org",
                            "tlsa: _25._tcp.mail.example.org TLSA 3 1 1 " + digest,
                            "tlsa: _25._tcp.mail.example.org TLSA 3 1 1 " + nextDigest));
    EXPECT_THAT(notes(plan), ElementsAre(PlanNoteCode::mtaStsNeedsWebServer, PlanNoteCode::tlsaKeepKey));
}

TEST(TransportPlan, NamesThePublishedMxHostsInThePolicy) {
    Profile profile = protectedProfile();
    profile.mtaSts = mtaStsOf(mtasts::Mode::enforce);
    EXPECT_EQ(policyOf(profile, "example.org MX 10 mx2.example.org.\nexample.org MX 20 mx1.example.net."),
              "version: STSv1\r\nmode: enforce\r\nmx: mx1.example.net\r\nmx: mx2.example.org\r\nmax_age: 604800\r\n");
    EXPECT_EQ(policyOf(profile, "example.org MX 20 mx2.example.org.\nexample.org MX 10 mx1.example.net."),
              policyOf(profile, "example.org MX 10 mx2.example.org.\nexample.org MX 20 mx1.example.net."));
    profile.mailHost.reset();
    EXPECT_EQ(policyOf(profile, ""), "") << "nobody knows the host";
    EXPECT_THAT(lines(planOf(profile, "example.org MX 10 mx.example.net.")),
                Not(Contains(::testing::StartsWith("mta-sts-host"))));
}

TEST(TransportPlan, LeavesAPolicyHostThatIsServedElsewhere) {
    for (const std::string_view zone : {"mta-sts.example.org A 192.0.2.1", "mta-sts.example.org AAAA 2001:db8::1",
                                        "mta-sts.example.org CNAME www.example.net."}) {
        const RecordPlan plan = planOf(protectedProfile(), zone);
        EXPECT_THAT(lines(plan), Not(Contains(::testing::StartsWith("mta-sts-host")))) << zone;
        EXPECT_THAT(lines(plan), Contains(::testing::StartsWith("mta-sts:"))) << zone;
    }
    EXPECT_THAT(lines(planOf(protectedProfile(), "mta-sts.example.org CNAME mail.example.org.\n"
                                                 "mail.example.org A 192.0.2.1")),
                Contains(::testing::StartsWith("mta-sts-host")));
}

TEST(TransportPlan, KeepsWhatIsPublished) {
    const RecordPlan plan =
        planOf(protectedProfile(), "_smtp._tls.example.org TXT v=TLSRPTv1; rua=https://example.net/r; x-a=1\n"
                                   "_mta-sts.example.org TXT v=STSv1; id=1; x-b=2;");
    EXPECT_THAT(lines(plan), Contains("tls-rpt: _smtp._tls.example.org TXT v=TLSRPTv1; rua=https://example.net/r,"
                                      "mailto:tls@example.org; x-a=1"));
    EXPECT_THAT(lines(plan),
                Contains("mta-sts: _mta-sts.example.org TXT v=STSv1; id=" + policyId(*plan.mtaStsPolicy) + "; x-b=2;"));
}

TEST(TransportPlan, AdvisesToTestBeforeItEnforces) {
    Profile profile = protectedProfile();
    profile.mtaSts = mtaStsOf(mtasts::Mode::enforce);
    const std::string mx = "example.org MX 10 mail.example.org.\n";
    EXPECT_THAT(notes(planOf(profile, mx)), Contains(PlanNoteCode::mtaStsUntested));
    EXPECT_THAT(notes(planOf(profile, mx + "_mta-sts.example.org TXT v=STSv1; id=1;")),
                Not(Contains(PlanNoteCode::mtaStsUntested)))
        << "it was published, so it was tested";
    FakeResolver silent(mx);
    silent.fail("_mta-sts.example.org", AnswerStatus::timedOut);
    EXPECT_THAT(notes(planOf(profile, silent)), Not(Contains(PlanNoteCode::mtaStsUntested)));
}

TEST(TransportPlan, SaysWhatTheDnsDidNotTell) {
    FakeResolver resolver;
    resolver.fail("example.org", AnswerStatus::timedOut);
    resolver.fail("_smtp._tls.example.org", AnswerStatus::serverFailure);
    EXPECT_THAT(notes(planOf(protectedProfile(), resolver)),
                ElementsAre(PlanNoteCode::mtaStsMxNotRead, PlanNoteCode::mtaStsNeedsWebServer,
                            PlanNoteCode::tlsRptNotRead, PlanNoteCode::tlsaKeepKey));
}

// RFC 7672 section 2.2
TEST(TransportPlan, TellsOfUnsignedZones) {
    FakeResolver resolver("example.org" + std::string(soa) + "mail.example.net A 192.0.2.1\nexample.net" +
                          std::string(soa));
    Profile profile = protectedProfile();
    profile.mailHost = dnsName("mail.example.net");
    const auto unsignedZones = [&] {
        std::vector<std::string> zones;
        for (const PlanNote& note : planOf(profile, resolver).notes) {
            if (note.code == PlanNoteCode::tlsaNotSigned) {
                zones.push_back(note.subject.toString());
            }
        }
        return zones;
    };
    EXPECT_THAT(unsignedZones(), ElementsAre("example.net", "example.org"));
    resolver.sign("example.net");
    EXPECT_THAT(unsignedZones(), ElementsAre("example.org"));
    resolver.sign("example.org");
    EXPECT_THAT(unsignedZones(), IsEmpty());
    EXPECT_EQ(planOf(profile, resolver).records.back().zone.toString(), "example.org");
}

TEST(TransportPlan, IsPresentOnceItIsPublished) {
    FakeResolver resolver("example.org MX 10 mail.example.org.\nmail.example.org A 192.0.2.1");
    const Profile profile = protectedProfile();
    for (const PlannedRecord& planned : planOf(profile, resolver).records) {
        resolver.add(planned.record);
    }
    resolver.add("_25._tcp.mail.example.org TLSA 3 1 1 " + std::string(64, 'c')); // of a key before these
    const Published published = readPublished(profile, resolver, {});
    const RecordPlan plan = makePlan(profile, published);
    EXPECT_EQ(lines(plan).size(), 5);
    EXPECT_THAT(notes(plan), IsEmpty());
    for (const ComparedRecord& compared : compare(plan, published)) {
        EXPECT_EQ(toString(compared.state), "present") << compared.planned.record.value;
        EXPECT_EQ(compared.published.size(), 1) << compared.planned.record.value;
    }
}

TEST(TransportPlan, IsComparedByMeaning) {
    using enum RecordState;
    const Profile profile = protectedProfile();
    const std::string id = policyId(*planOf(profile, "").mtaStsPolicy);
    struct {
        Purpose purpose;
        std::string published;
        RecordState state;
    } const cases[] = {
        {Purpose::mtaSts, "", missing},
        {Purpose::mtaSts, "_mta-sts.example.org TXT hello", missing},
        {Purpose::mtaSts, "_mta-sts.example.org TXT v=STSv1;id=" + id, present},
        {Purpose::mtaSts, "_mta-sts.example.org TXT v=STSv1; id=20160831085700Z;", differs},
        {Purpose::mtaSts, "_mta-sts.example.org TXT v=stsv1; id=" + id, differs},
        {Purpose::mtaStsHost, "", missing},
        {Purpose::tlsRpt, "_smtp._tls.example.org TXT v=TLSRPTv1;rua=mailto:tls@example.org;", present},
        {Purpose::tlsRpt, "_smtp._tls.example.org TXT v=TLSRPTv1; rua=mailto:other@example.org", differs},
        {Purpose::tlsRpt, "_smtp._tls.example.org TXT v=TLSRPT1; rua=mailto:tls@example.org", differs},
        {Purpose::tlsa, "_25._tcp.mail.example.org TLSA 3 1 1 " + nextDigest, missing},
        {Purpose::tlsa, "_25._tcp.mail.example.org TLSA 3 1 1 " + digest, present},
    };
    for (const auto& [purpose, zone, state] : cases) {
        FakeResolver resolver(zone);
        const Published published = readPublished(profile, resolver, {});
        const auto all = compare(makePlan(profile, published), published);
        const auto found =
            std::ranges::find(all, purpose, [](const ComparedRecord& each) { return each.planned.purpose; });
        ASSERT_NE(found, all.end());
        EXPECT_EQ(toString(found->state), toString(state)) << zone;
    }
}

} // namespace
} // namespace sealwright
