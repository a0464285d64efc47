#include "text/spftext.h"

#include "text/dnstext.h"

#include <gtest/gtest.h>

using namespace sealwright;

namespace {

void expectSentence(const QString& text, int code) {
    EXPECT_TRUE(text.endsWith(u'.') || text.endsWith(u')')) << code << " " << text.toStdString();
    EXPECT_FALSE(text.contains(u'%')) << code << " " << text.toStdString();
}

} // namespace

TEST(SpfText, hasASentenceForEveryResultAndFault) {
    for (int i = 0; i <= static_cast<int>(spf::Result::permerror); ++i) {
        expectSentence(resultText(static_cast<spf::Result>(i)), i);
    }
    for (int i = 0; i < static_cast<int>(spf::EvaluationProblem::dnsFailure); ++i) {
        spf::Fault fault(static_cast<spf::EvaluationProblem>(i), "example.org", "a:x");
        fault.syntax = problem(spf::RecordError::badNetwork, "ip4:x", 7);
        expectSentence(faultText(fault), i);
    }
}

TEST(SpfText, saysWhyTheDnsToldNothing) {
    for (const AnswerStatus status : {AnswerStatus::bogus, AnswerStatus::serverFailure, AnswerStatus::timedOut,
                                      AnswerStatus::cancelled, AnswerStatus::notAsked}) {
        Answer answer({*DomainName::parse("mail.example.org"), RecordType::a});
        answer.status = status;
        answer.why = "no signatures.";
        spf::Fault fault(spf::EvaluationProblem::dnsFailure, "example.org", "a:mail.example.org");
        fault.answer = answer;
        EXPECT_EQ(faultText(fault), unansweredText(answer));
        expectSentence(faultText(fault), static_cast<int>(status));
        EXPECT_TRUE(faultText(fault).contains(QStringLiteral("mail.example.org")));
    }
}

TEST(SpfText, namesTheTermsOnTheWayToAMatchOnly) {
    spf::Evaluation evaluation;
    evaluation.trace = {{0, "example.org", "include:a", spf::StepOutcome::noMatch},
                        {1, "a", "all", spf::StepOutcome::noMatch},
                        {0, "example.org", "include:b", spf::StepOutcome::match},
                        {1, "b", "mx", spf::StepOutcome::noMatch},
                        {1, "b", "ip4:192.0.2.1", spf::StepOutcome::match}};
    EXPECT_EQ(matchText(evaluation), QStringLiteral("include:b → ip4:192.0.2.1 matched"));
    evaluation.trace.clear();
    EXPECT_TRUE(matchText(evaluation).isEmpty());
}
