#include "plan/dmarcplan.h"

#include "support/fakeresolver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealwright {
namespace {

using test::dnsName;
using test::FakeResolver;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;

struct Case {
    std::string_view what;
    std::string_view domain;
    std::string_view published; ///< Lines of zone text.
    std::optional<dmarc::Policy> policy;
    DomainRole role;
    std::string_view expected;
};

constexpr auto sends = DomainRole::sends;
constexpr auto neverSends = DomainRole::neverSends;

const Case cases[] = {
    {"nothing is published", "example.org", "", {}, sends, "v=DMARC1; p=none; rua=mailto:dmarc-reports@example.org"},
    {"a policy and its address stay",
     "example.org",
     "_dmarc.example.org TXT v=DMARC1; p=reject; rua=mailto:a@example.org",
     {},
     sends,
     "v=DMARC1; p=reject; rua=mailto:a@example.org"},
    {"two records, which nobody follows: no policy begins to count, all addresses stay",
     "example.org",
     "_dmarc.example.org TXT v=DMARC1; p=reject; pct=50; rua=mailto:b@example.org\n"
     "_dmarc.example.org TXT v=DMARC1; p=none; sp=reject; rua=mailto:a@example.org",
     {},
     sends,
     "v=DMARC1; p=none; rua=mailto:a@example.org,mailto:b@example.org"},
    {"two records, and a policy asked for", "example.org",
     "_dmarc.example.org TXT v=DMARC1; p=none; rua=mailto:a@example.org\n"
     "_dmarc.example.org TXT v=DMARC1; p=reject; rua=mailto:b@example.org",
     dmarc::Policy::quarantine, sends,
     "v=DMARC1; p=quarantine; sp=quarantine; np=reject; rua=mailto:a@example.org,mailto:b@example.org"},
    {"two records below a domain whose record counts instead",
     "sub.example.org",
     "_dmarc.sub.example.org TXT v=DMARC1; p=reject; rua=mailto:a@example.org\n"
     "_dmarc.sub.example.org TXT v=DMARC1; p=none\n"
     "_dmarc.example.org TXT v=DMARC1; p=quarantine; rua=mailto:b@example.org",
     {},
     sends,
     "v=DMARC1; p=quarantine; rua=mailto:b@example.org,mailto:a@example.org"},
    {"a misspelt version, which nobody follows",
     "example.org",
     "_dmarc.example.org TXT v=dmarc1; p=reject; rua=mailto:a@example.org",
     {},
     sends,
     "v=DMARC1; p=none; rua=mailto:a@example.org"},
    {"inherited from the domain above",
     "sub.example.org",
     "_dmarc.example.org TXT v=DMARC1; p=reject; rua=mailto:a@example.org",
     {},
     sends,
     "v=DMARC1; p=reject; rua=mailto:a@example.org"},
    {"inherited: what is said of subdomains counts",
     "sub.example.org",
     "_dmarc.example.org TXT v=DMARC1; p=reject; sp=quarantine; rua=mailto:a@example.org",
     {},
     sends,
     "v=DMARC1; p=quarantine; rua=mailto:a@example.org"},
    {"asked for: no tag undoes it", "example.org",
     "_dmarc.example.org TXT v=DMARC1; p=reject; sp=none; np=none; t=y; pct=50; rua=mailto:a@example.org",
     dmarc::Policy::quarantine, sends, "v=DMARC1; p=quarantine; sp=quarantine; np=reject; rua=mailto:a@example.org"},
    {"asked for: back to none for all below too", "example.org",
     "_dmarc.example.org TXT v=DMARC1; p=reject; sp=reject; np=reject; rua=mailto:a@example.org", dmarc::Policy::none,
     sends, "v=DMARC1; p=none; rua=mailto:a@example.org"},
    {"never sends: reject, whatever stood there",
     "example.org",
     "_dmarc.example.org TXT v=DMARC1; p=none; sp=none; t=y; pct=0",
     {},
     neverSends,
     "v=DMARC1; p=reject"},
};

TEST(PlannedDmarc, WeakensNothingThatCounts) {
    for (const Case& each : cases) {
        SCOPED_TRACE(each.what);
        FakeResolver resolver(each.published);
        Profile profile(dnsName(each.domain));
        profile.role = each.role;
        profile.policy = each.policy;
        std::vector<PlanNote> notes;
        EXPECT_EQ(plannedDmarc(profile, readPublished(profile, resolver, {}), notes).toString(), each.expected);
    }
}

TEST(PlannedDmarc, TellsOfAPolicyThatCountsForNobody) {
    const auto notesOn = [](std::string_view published) {
        FakeResolver resolver(published);
        const Profile profile(dnsName("example.org"));
        std::vector<PlanNote> notes;
        (void)plannedDmarc(profile, readPublished(profile, resolver, {}), notes);
        return notes;
    };
    EXPECT_THAT(notesOn("_dmarc.example.org TXT v=DMARC1; p=none\n_dmarc.example.org TXT v=DMARC1; p=quarantine"),
                ElementsAre(PlanNote{PlanNoteCode::dmarcNotInForce, dnsName("example.org"), "quarantine"}));
    EXPECT_THAT(notesOn("_dmarc.example.org TXT DMARC1; p=reject"),
                ElementsAre(PlanNote{PlanNoteCode::dmarcNotInForce, dnsName("example.org"), "reject"}));
    EXPECT_THAT(notesOn("_dmarc.example.org TXT v=DMARC1; p=none\n_dmarc.example.org TXT v=DMARC1; p=none; t=y"),
                ElementsAre());
}

TEST(PlannedDmarc, SaysWhenTheDnsDidNotTell) {
    FakeResolver resolver;
    resolver.fail("_dmarc.example.org", AnswerStatus::timedOut);
    const Profile profile(dnsName("example.org"));
    std::vector<PlanNote> notes;
    EXPECT_EQ(plannedDmarc(profile, readPublished(profile, resolver, {}), notes).p, dmarc::Policy::none);
    EXPECT_THAT(notes, Contains(Field(&PlanNote::code, PlanNoteCode::dmarcNotRead)));
}

} // namespace
} // namespace sealwright
