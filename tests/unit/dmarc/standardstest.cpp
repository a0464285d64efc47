#include "dmarc/standards.h"
#include "dmarc/evaluate.h"
#include "dmarc/publicsuffix.h"

#include "support/fakeresolver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealwright::dmarc {
namespace {

using test::dnsName;
using test::FakeResolver;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(RegistrableDomain, IsOneLabelBelowThePublicSuffix) {
    EXPECT_EQ(registrableDomain(dnsName("mail.example.org")), dnsName("example.org"));
    EXPECT_EQ(registrableDomain(dnsName("a.b.example.co.uk")), dnsName("example.co.uk"));
    EXPECT_EQ(registrableDomain(dnsName("joe.github.io")), dnsName("joe.github.io"));
    EXPECT_EQ(registrableDomain(dnsName("co.uk")), dnsName("co.uk"));
    EXPECT_EQ(registrableDomain(dnsName("www.xn--bcher-kva.de")), dnsName("xn--bcher-kva.de"));
    EXPECT_EQ(registrableDomain(dnsName("a.b.unheardof")), dnsName("b.unheardof"));
}

struct Case {
    std::string_view why, domain, zone;
    std::string_view policyDomain; ///< By the list. Empty: DMARC does not apply.
    std::string_view organizationalDomain;
    Policy policy = Policy::none;
};

// RFC 7489 section 6.6.3.
const Case byList[] = {
    {"nothing anywhere", "example.com", "", "", "example.com", Policy::none},
    {"its own", "a.example.com", "_dmarc.a.example.com TXT v=DMARC1; p=reject", "a.example.com", "example.com",
     Policy::reject},
    {"the organization's: sp", "a.b.example.com", "_dmarc.example.com TXT v=DMARC1; p=none; sp=quarantine; np=reject",
     "example.com", "example.com", Policy::quarantine},
    {"nothing in between", "a.b.example.com", "_dmarc.b.example.com TXT v=DMARC1; p=reject", "", "example.com",
     Policy::none},
    {"two at the domain end it", "a.example.com",
     "_dmarc.a.example.com TXT v=DMARC1; p=reject\n_dmarc.a.example.com TXT v=DMARC1; p=none\n"
     "_dmarc.example.com TXT v=DMARC1; p=reject",
     "", "example.com", Policy::none},
    {"t=y means nothing", "example.com", "_dmarc.example.com TXT v=DMARC1; p=reject; t=y", "example.com", "example.com",
     Policy::reject},
    {"an invalid np= means nothing", "example.com", "_dmarc.example.com TXT v=DMARC1; p=reject; np=never",
     "example.com", "example.com", Policy::reject},
    {"no valid p= without rua=", "example.com", "_dmarc.example.com TXT v=DMARC1; p=never", "", "example.com",
     Policy::none},
    {"no valid p= with rua=", "example.com", "_dmarc.example.com TXT v=DMARC1; p=never; rua=mailto:a@example.com",
     "example.com", "example.com", Policy::none},
    {"psd= means nothing", "joe.github.io", "_dmarc.github.io TXT v=DMARC1; p=reject; psd=y", "", "joe.github.io",
     Policy::none},
};

TEST(DiscoverByList, FindsTheRecordAsRfc7489Says) {
    for (const Case& each : byList) {
        SCOPED_TRACE(each.why);
        FakeResolver resolver(each.zone);
        const Discovery found = discoverByList(dnsName(each.domain), resolver, {});
        EXPECT_EQ(found.policyDomain ? found.policyDomain->toString() : "", each.policyDomain);
        EXPECT_EQ(found.organizationalDomain.toString(), each.organizationalDomain);
        EXPECT_EQ(found.policy, each.policy);
        EXPECT_FALSE(found.unanswered);
    }
}

TEST(DiscoverByList, KnowsNothingWithoutAnAnswer) {
    FakeResolver resolver("_dmarc.example.com TXT v=DMARC1; p=reject");
    resolver.fail("_dmarc.a.example.com", AnswerStatus::timedOut);
    const Discovery found = discoverByList(dnsName("a.example.com"), resolver, {});
    EXPECT_TRUE(found.unanswered);
    EXPECT_FALSE(found.policyDomain);
}

struct Both {
    std::string_view why, domain, zone;
    std::vector<Difference> differences;
    std::string_view forBoth;
};

const Both both[] = {
    {"no record", "example.com", "", {}, ""},
    {"a plain record", "example.com", "_dmarc.example.com TXT v=DMARC1; p=reject; rua=mailto:a@example.com", {}, ""},
    {"inherited by a name that exists",
     "a.example.com",
     "a.example.com A 192.0.2.1\n_dmarc.example.com TXT v=DMARC1; p=reject; sp=none; np=reject",
     {},
     ""},
    {"testing",
     "example.com",
     "_dmarc.example.com TXT v=DMARC1; p=reject; t=y; rua=mailto:a@example.com",
     {Difference::testing},
     "v=DMARC1; p=quarantine; sp=quarantine; rua=mailto:a@example.com"},
    {"testing with none is none", "example.com", "_dmarc.example.com TXT v=DMARC1; p=none; t=y", {}, ""},
    {"a share of the mail",
     "example.com",
     "_dmarc.example.com TXT v=DMARC1; p=quarantine; pct=20; fo=1",
     {Difference::percentage},
     "v=DMARC1; p=quarantine; sp=quarantine; fo=1"},
    {"all of the mail", "example.com", "_dmarc.example.com TXT v=DMARC1; p=quarantine; pct=100", {}, ""},
    {"nonsense for a share", "example.com", "_dmarc.example.com TXT v=DMARC1; p=quarantine; pct=many", {}, ""},
    {"a name that does not exist",
     "gone.example.com",
     "_dmarc.example.com TXT v=DMARC1; p=none; np=reject",
     {Difference::nonexistent},
     "v=DMARC1; p=reject; sp=none"},
    {"several records below one that counts",
     "a.example.com",
     "a.example.com A 192.0.2.1\n_dmarc.a.example.com TXT v=DMARC1; p=none\n_dmarc.a.example.com TXT v=DMARC1; p=none\n"
     "_dmarc.example.com TXT v=DMARC1; p=reject",
     {Difference::severalRecords},
     "v=DMARC1; p=reject; sp=reject"},
    {"below a suffix of the list that has a record of its own",
     "joe.github.io",
     "joe.github.io A 192.0.2.1\n_dmarc.github.io TXT v=DMARC1; p=reject",
     {Difference::recordElsewhere, Difference::organization},
     "v=DMARC1; p=reject; sp=reject; adkim=s; aspf=s"},
    {"a record in the middle that says psd=n",
     "a.news.example.com",
     "a.news.example.com A 192.0.2.1\n_dmarc.news.example.com TXT v=DMARC1; p=reject; psd=n\n"
     "_dmarc.example.com TXT v=DMARC1; p=none",
     {Difference::recordElsewhere, Difference::organization},
     "v=DMARC1; p=reject; sp=reject; adkim=s; aspf=s"},
    {"strict alignment needs no organization",
     "news.example.com",
     "_dmarc.news.example.com TXT v=DMARC1; p=reject; psd=n; adkim=s; aspf=s",
     {},
     ""},
};

TEST(Standards, DifferWhereReceiversDoAndTheRecordForBothEndsThat) {
    for (const Both& each : both) {
        SCOPED_TRACE(each.why);
        FakeResolver resolver(each.zone);
        const DomainName domain = dnsName(each.domain);
        const Standards standards = discoverByBoth(domain, resolver, {});
        EXPECT_EQ(standards.differences, each.differences);
        EXPECT_EQ(standards.forBoth ? standards.forBoth->toString() : "", each.forBoth);
        if (!standards.forBoth) {
            continue;
        }
        FakeResolver mended; // with the proposed record instead of what stood at the name
        std::string_view rest = each.zone;
        while (!rest.empty()) {
            const std::string_view line = rest.substr(0, rest.find('\n'));
            if (!line.starts_with("_dmarc." + domain.toString() + " ")) {
                mended.add(line);
            }
            rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        }
        mended.add("_dmarc." + domain.toString() + " TXT " + standards.forBoth->toString());
        const Standards after = discoverByBoth(domain, mended, {});
        EXPECT_THAT(after.differences, IsEmpty());
        EXPECT_EQ(after.current.policy, inForce(standards.current));
        EXPECT_EQ(after.current.policy, after.legacy.policy);
    }
}

TEST(EvaluateByList, AlignsWithinTheRegistrableDomain) {
    FakeResolver resolver("_dmarc.example.co.uk TXT v=DMARC1; p=reject");
    const auto judge = [&](std::string_view author, std::string_view signedBy) {
        Authenticated authenticated;
        authenticated.dkim = {dnsName(signedBy)};
        return evaluateByList(dnsName(author), authenticated, resolver, {});
    };
    EXPECT_THAT(judge("news.example.co.uk", "mail.example.co.uk").alignedBy, ElementsAre(AlignedBy::dkim));
    EXPECT_EQ(judge("example.co.uk", "other.co.uk").result, Result::fail);
    EXPECT_EQ(judge("other.co.uk", "other.co.uk").result, Result::none);
}

} // namespace
} // namespace sealwright::dmarc
