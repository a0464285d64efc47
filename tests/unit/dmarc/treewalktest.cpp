#include "dmarc/treewalk.h"

#include "support/fakeresolver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealwright::dmarc {
namespace {

using test::dnsName;
using test::FakeResolver;

std::vector<std::string> namesFrom(std::string_view start) {
    std::vector<std::string> names;
    for (const DomainName& name : treeWalkNames(dnsName(start))) {
        names.push_back(name.toString());
    }
    return names;
}

std::string organizationOf(std::string_view start, std::string_view zone) {
    FakeResolver resolver(zone);
    const auto walk = treeWalkNames(dnsName(start));
    std::vector<Question> questions;
    for (const DomainName& name : walk) {
        questions.push_back({*name.child("_dmarc"), RecordType::txt});
    }
    return organizationalDomain(walk, resolver.lookupAll(questions, {})).toString();
}

TEST(TreeWalk, TakesOneLabelAfterTheOther) {
    EXPECT_THAT(namesFrom("a.mail.example.com"),
                ::testing::ElementsAre("a.mail.example.com", "mail.example.com", "example.com", "com"));
    EXPECT_THAT(namesFrom("com"), ::testing::ElementsAre("com"));
}

// The example of RFC 9989 section 4.10: a long name is asked for whole, then from its last 7 labels on.
TEST(TreeWalk, AsksEightTimesAtMost) {
    EXPECT_THAT(namesFrom("a.b.c.d.e.f.g.h.i.j.mail.example.com"),
                ::testing::ElementsAre("a.b.c.d.e.f.g.h.i.j.mail.example.com", "g.h.i.j.mail.example.com",
                                       "h.i.j.mail.example.com", "i.j.mail.example.com", "j.mail.example.com",
                                       "mail.example.com", "example.com", "com"));
    EXPECT_THAT(namesFrom("b.c.d.e.f.g.h.com"), ::testing::SizeIs(8));
    EXPECT_THAT(namesFrom("c.d.e.f.g.h.com"), ::testing::SizeIs(7));
}

// Section 4.10.2
TEST(TreeWalk, FindsTheOrganizationalDomain) {
    struct Case {
        std::string_view why, zone, expected;
    };
    const Case cases[] = {
        {"nothing found: the start", "", "a.mail.example.co.uk"},
        {"the fewest labels",
         "_dmarc.a.mail.example.co.uk TXT v=DMARC1; p=none\n_dmarc.example.co.uk TXT v=DMARC1; p=none",
         "example.co.uk"},
        {"one in the middle is no boundary",
         "_dmarc.mail.example.co.uk TXT v=DMARC1; p=none\n_dmarc.example.co.uk TXT v=DMARC1; p=none", "example.co.uk"},
        {"psd=n ends the walk",
         "_dmarc.mail.example.co.uk TXT v=DMARC1; psd=n\n_dmarc.example.co.uk TXT v=DMARC1; p=none",
         "mail.example.co.uk"},
        {"psd=y: one below it", "_dmarc.co.uk TXT v=DMARC1; psd=y\n_dmarc.uk TXT v=DMARC1; p=none", "example.co.uk"},
        {"psd=y at the start ends the walk there",
         "_dmarc.a.mail.example.co.uk TXT v=DMARC1; psd=y\n_dmarc.example.co.uk TXT v=DMARC1; p=none",
         "a.mail.example.co.uk"},
        {"two at one name are none, and the walk goes on",
         "_dmarc.mail.example.co.uk TXT v=DMARC1; psd=n\n_dmarc.mail.example.co.uk TXT v=DMARC1; psd=n\n"
         "_dmarc.example.co.uk TXT v=DMARC1; p=none",
         "example.co.uk"},
    };
    for (const Case& each : cases) {
        EXPECT_EQ(organizationOf("a.mail.example.co.uk", each.zone), each.expected) << each.why;
    }
    // One label below a public suffix, though the walk goes from 12 labels to 7.
    EXPECT_EQ(organizationOf("a.b.c.d.e.f.g.h.i.j.example.com", "_dmarc.f.g.h.i.j.example.com TXT v=DMARC1; psd=y"),
              "e.f.g.h.i.j.example.com");
}

} // namespace
} // namespace sealwright::dmarc
