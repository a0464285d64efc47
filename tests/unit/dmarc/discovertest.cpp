#include "dmarc/discover.h"

#include "support/fakeresolver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealwright::dmarc {
namespace {

using test::dnsName;
using test::FakeResolver;
using ::testing::ElementsAre;

Discovery from(FakeResolver& resolver, std::string_view domain) {
    return discover(dnsName(domain), resolver, {});
}

struct Case {
    std::string_view why, domain, zone;
    std::string_view policyDomain; ///< Empty: DMARC does not apply.
    std::string_view organizationalDomain;
    Policy policy = Policy::none;
};

// RFC 9989 sections 4.7, 4.8, 4.10 and its appendix B.
const Case cases[] = {
    {"nothing anywhere", "example.com", "", "", "example.com", Policy::none},
    {"its own", "example.com", "_dmarc.example.com TXT v=DMARC1; p=reject", "example.com", "example.com",
     Policy::reject},
    {"its own is p, not sp", "example.com", "_dmarc.example.com TXT v=DMARC1; p=none; sp=reject", "example.com",
     "example.com", Policy::none},
    {"inherited by a name that exists: sp", "news.example.com",
     "news.example.com A 192.0.2.1\n_dmarc.example.com TXT v=DMARC1; p=none; sp=quarantine; np=reject", "example.com",
     "example.com", Policy::quarantine},
    {"inherited by a name that does not: np", "gone.example.com",
     "_dmarc.example.com TXT v=DMARC1; p=none; sp=quarantine; np=reject", "example.com", "example.com", Policy::reject},
    {"np is sp where it is left out", "gone.example.com", "_dmarc.example.com TXT v=DMARC1; p=none; sp=quarantine",
     "example.com", "example.com", Policy::quarantine},
    {"an empty non-terminal exists", "news.example.com",
     "a.news.example.com A 192.0.2.1\n_dmarc.example.com TXT v=DMARC1; p=none; np=reject", "example.com", "example.com",
     Policy::none},
    {"a record in the middle is not inherited", "a.news.example.com",
     "a.news.example.com A 192.0.2.1\n_dmarc.news.example.com TXT v=DMARC1; p=reject\n"
     "_dmarc.example.com TXT v=DMARC1; p=none",
     "example.com", "example.com", Policy::none},
    {"unless it says psd=n", "a.news.example.com",
     "a.news.example.com A 192.0.2.1\n_dmarc.news.example.com TXT v=DMARC1; p=reject; psd=n\n"
     "_dmarc.example.com TXT v=DMARC1; p=none",
     "news.example.com", "news.example.com", Policy::reject},
    {"the public suffix's, where the organization has none", "mail.example.bank",
     "mail.example.bank A 192.0.2.1\n_dmarc.bank TXT v=DMARC1; p=reject; sp=quarantine; psd=y", "bank", "example.bank",
     Policy::quarantine},
    {"its own before the public suffix's", "example.bank",
     "_dmarc.example.bank TXT v=DMARC1; p=none\n_dmarc.bank TXT v=DMARC1; p=reject; psd=y", "example.bank",
     "example.bank", Policy::none},
    {"two records are none, and the walk goes on", "news.example.com",
     "news.example.com A 192.0.2.1\n_dmarc.news.example.com TXT v=DMARC1; p=reject\n"
     "_dmarc.news.example.com TXT v=DMARC1; p=reject\n_dmarc.example.com TXT v=DMARC1; p=none",
     "example.com", "example.com", Policy::none},
    {"other TXT records don't count", "example.com",
     "_dmarc.example.com TXT hello\n_dmarc.example.com TXT v=DMARC1; p=quarantine", "example.com", "example.com",
     Policy::quarantine},
    {"the version is case-sensitive", "example.com", "_dmarc.example.com TXT v=dmarc1; p=reject", "", "example.com",
     Policy::none},
    {"no p, with reports: none", "example.com", "_dmarc.example.com TXT v=DMARC1; rua=mailto:r@example.com",
     "example.com", "example.com", Policy::none},
    {"no p, without reports: no DMARC", "example.com", "_dmarc.example.com TXT v=DMARC1; adkim=s", "", "example.com",
     Policy::none},
    {"invalid p, with reports: none", "example.com",
     "_dmarc.example.com TXT v=DMARC1; p=block; rua=mailto:r@example.com", "example.com", "example.com", Policy::none},
    {"invalid sp, with reports: none", "example.com",
     "_dmarc.example.com TXT v=DMARC1; p=reject; sp=block; rua=mailto:r@example.com", "example.com", "example.com",
     Policy::none},
    {"invalid np, without reports: no DMARC", "example.com", "_dmarc.example.com TXT v=DMARC1; p=reject; np=block", "",
     "example.com", Policy::none},
};

TEST(Discover, FindsTheRecordThatCounts) {
    for (const Case& each : cases) {
        SCOPED_TRACE(each.why);
        FakeResolver resolver(each.zone);
        const Discovery found = from(resolver, each.domain);
        EXPECT_EQ(found.policyDomain ? found.policyDomain->toString() : "", each.policyDomain);
        EXPECT_EQ(found.organizationalDomain.toString(), each.organizationalDomain);
        EXPECT_EQ(found.policy, each.policy);
        EXPECT_FALSE(found.unanswered);
        EXPECT_EQ(resolver.rounds(), 1);
    }
}

TEST(Discover, NamesItsQueriesUpToTheEndOfTheWalk) {
    FakeResolver resolver("_dmarc.example.com TXT v=DMARC1; p=none; psd=n");
    const Discovery found = from(resolver, "a.example.com");
    EXPECT_THAT(found.queries, ElementsAre(dnsName("_dmarc.a.example.com"), dnsName("_dmarc.example.com")));
}

TEST(Discover, TellsOfDuplicates) {
    FakeResolver resolver("_dmarc.example.com TXT v=DMARC1; p=none\n_dmarc.example.com TXT v=DMARC1; p=reject");
    const Discovery found = from(resolver, "example.com");
    EXPECT_FALSE(found.policyDomain);
    EXPECT_THAT(found.duplicates, ElementsAre(dnsName("example.com")));
}

TEST(Discover, TellsOfRecordsThatNobodyCanGoBy) {
    for (const char* text : {"v=dmarc1; p=none", "v=DMARC1 p=reject", "v=DMARC1, p=none", "v=DMARC1; p=foo"}) {
        FakeResolver resolver(std::string("_dmarc.example.com TXT ") + text);
        const Discovery found = from(resolver, "news.example.com");
        EXPECT_FALSE(found.policyDomain) << text;
        EXPECT_THAT(found.unusable, ElementsAre(UnusableRecord{dnsName("example.com"), text}));
    }
    FakeResolver resolver("_dmarc.example.com TXT v=DMARC1; p=none\n_dmarc.example.com TXT site-verification");
    EXPECT_TRUE(from(resolver, "example.com").unusable.empty());
}

TEST(Discover, JudgesNothingWithoutAllAnswers) {
    FakeResolver resolver("news.example.com A 192.0.2.1\n_dmarc.example.com TXT v=DMARC1; p=reject");
    resolver.fail("_dmarc.news.example.com", AnswerStatus::timedOut);
    const Discovery found = from(resolver, "news.example.com");
    ASSERT_TRUE(found.unanswered);
    EXPECT_EQ(found.unanswered->question.name, dnsName("_dmarc.news.example.com"));
    EXPECT_FALSE(found.policyDomain);
}

TEST(Discover, AsksAtMostEightNames) {
    FakeResolver resolver;
    EXPECT_EQ(from(resolver, "a.b.c.d.e.f.g.h.i.j.k.l.example.com").queries.size(), 8U);
}

} // namespace
} // namespace sealwright::dmarc
