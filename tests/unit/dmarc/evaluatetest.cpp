#include "dmarc/evaluate.h"

#include "support/fakeresolver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealwright::dmarc {
namespace {

using test::dnsName;
using test::FakeResolver;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Evaluation run(FakeResolver& resolver, std::string_view author, const std::vector<std::string>& dkim,
               std::string_view spf = {}) {
    Authenticated authenticated;
    for (const std::string& domain : dkim) {
        authenticated.dkim.push_back(dnsName(domain));
    }
    if (!spf.empty()) {
        authenticated.spf = dnsName(spf);
    }
    return evaluate(dnsName(author), authenticated, resolver, {});
}

TEST(Evaluate, AlignsRelaxedUnlessTheRecordSaysStrict) {
    FakeResolver relaxed("_dmarc.example.org TXT v=DMARC1; p=reject");
    EXPECT_THAT(run(relaxed, "example.org", {"mail.example.org"}).alignedBy, ElementsAre(AlignedBy::dkim));
    EXPECT_THAT(run(relaxed, "example.org", {}, "bounce.example.org").alignedBy, ElementsAre(AlignedBy::spf));
    EXPECT_EQ(run(relaxed, "example.org", {"example.net"}, "example.com").result, Result::fail);
    FakeResolver strict("_dmarc.example.org TXT v=DMARC1; p=reject; adkim=s; aspf=s");
    EXPECT_EQ(run(strict, "example.org", {"mail.example.org"}, "mail.example.org").result, Result::fail);
    EXPECT_THAT(run(strict, "example.org", {"example.org"}, "example.org").alignedBy,
                ElementsAre(AlignedBy::dkim, AlignedBy::spf));
}

TEST(Evaluate, DoesNotAlignNeighboursBelowAPublicSuffix) {
    FakeResolver resolver("_dmarc.co.example TXT v=DMARC1; p=reject; psd=y\n"
                          "_dmarc.one.co.example TXT v=DMARC1; p=reject");
    EXPECT_EQ(run(resolver, "one.co.example", {"two.co.example"}).result, Result::fail);
    EXPECT_EQ(run(resolver, "one.co.example", {"mail.one.co.example"}).result, Result::pass);
}

TEST(Evaluate, NeedsNoAnswerAboutTheNamesAboveForARecordOfItsOwn) {
    FakeResolver resolver("_dmarc.mail.example.org TXT v=DMARC1; p=reject");
    resolver.fail("_dmarc.example.org", AnswerStatus::timedOut);
    EXPECT_EQ(run(resolver, "mail.example.org", {"mail.example.org"}).result, Result::pass);
    EXPECT_EQ(run(resolver, "mail.example.org", {"example.org"}).result, Result::temperror)
        << "the organization is unknown";
    EXPECT_EQ(run(resolver, "mail.example.org", {}).result, Result::fail);
}

TEST(Evaluate, IsNoneWithoutARecordAndUnsureWithoutAnswers) {
    FakeResolver resolver;
    EXPECT_EQ(run(resolver, "example.org", {"example.org"}).result, Result::none);
    resolver.fail("_dmarc.example.org", AnswerStatus::timedOut);
    EXPECT_EQ(run(resolver, "example.org", {"example.org"}).result, Result::temperror);
    FakeResolver half("_dmarc.example.org TXT v=DMARC1; p=reject");
    half.fail("_dmarc.mail.example.org", AnswerStatus::serverFailure);
    EXPECT_EQ(run(half, "example.org", {"mail.example.org"}).result, Result::temperror);
    EXPECT_EQ(evaluate(dnsName("example.org"), {{}, std::nullopt, true}, half, {}).result, Result::temperror);
    EXPECT_THAT(run(half, "example.org", {}).alignedBy, IsEmpty());
}

} // namespace
} // namespace sealwright::dmarc
