#include "text/dmarctext.h"

#include <gtest/gtest.h>

using namespace sealwright;

namespace {

void expectSentence(const QString& text, int code) {
    EXPECT_GT(text.size(), 15) << code;
    EXPECT_FALSE(text.contains(QStringLiteral("%1"))) << code << " " << text.toStdString();
}

dmarc::Evaluation evaluationWith(dmarc::Result result, dmarc::Policy policy) {
    const DomainName domain = *DomainName::parse("example.org");
    dmarc::Evaluation evaluation{result, {}, {domain, domain, {}, {}, {}, policy, {}, {}, {}, {}}};
    if (result == dmarc::Result::pass) {
        evaluation.alignedBy = {dmarc::AlignedBy::spf};
    }
    return evaluation;
}

} // namespace

TEST(DmarcText, hasASentenceForEveryDmarcResultAndPolicy) {
    for (int i = 0; i <= static_cast<int>(dmarc::Result::permerror); ++i) {
        for (int policy = 0; policy <= static_cast<int>(dmarc::Policy::reject); ++policy) {
            expectSentence(dmarcText(evaluationWith(static_cast<dmarc::Result>(i), static_cast<dmarc::Policy>(policy))),
                           i);
        }
    }
}

TEST(DmarcText, SaysWhyARecordCountsForNothing) {
    const DomainName domain = *DomainName::parse("example.org");
    const QString misspelt = unusableText({domain, "v=DMARC1 p=none"});
    EXPECT_TRUE(misspelt.contains(QStringLiteral("v=DMARC1;"))) << misspelt.toStdString();
    const QString noPolicy = unusableText({domain, "v=DMARC1; p=foo"});
    EXPECT_TRUE(noPolicy.contains(QStringLiteral("none, quarantine or reject"))) << noPolicy.toStdString();
    dmarc::Evaluation evaluation = evaluationWith(dmarc::Result::none, dmarc::Policy::none);
    evaluation.discovery.unusable = {{domain, "v=DMARC1; p=foo"}};
    EXPECT_EQ(dmarcText(evaluation), noPolicy);
}

TEST(DmarcText, hasASentenceForEveryDifferenceOfTheStandards) {
    const dmarc::Discovery found = evaluationWith(dmarc::Result::none, dmarc::Policy::reject).discovery;
    for (int i = 0; i <= static_cast<int>(dmarc::Difference::nonexistent); ++i) {
        expectSentence(differenceText(static_cast<dmarc::Difference>(i), {found, found, {}, {}}), i);
    }
}
