#include "spf/evaluate.h"

#include "spf/lookupcount.h"
#include "support/fakeresolver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealwright::spf {
namespace {

using test::dnsName;
using test::FakeResolver;
using ::testing::ElementsAre;

Evaluation run(FakeResolver& resolver, std::string_view client = "192.0.2.1",
               std::string_view mailFrom = "joe@example.org", std::string_view helo = "mail.example.org") {
    return evaluate({*IpAddress::parse(client), std::string(mailFrom), std::string(helo)}, resolver, {});
}

std::vector<std::string> steps(const Evaluation& evaluation) {
    std::vector<std::string> all;
    for (const Step& step : evaluation.trace) {
        const char* outcome = step.outcome == StepOutcome::match     ? "match"
                              : step.outcome == StepOutcome::noMatch ? "no match"
                                                                     : "error";
        all.push_back(std::string(static_cast<std::size_t>(step.depth), ' ') + step.term + ": " + outcome);
    }
    return all;
}

TEST(Evaluate, TellsTheWayToItsResult) {
    FakeResolver resolver("example.org TXT v=spf1 a include:_spf.example.net -all\n"
                          "example.org A 198.51.100.1\n"
                          "_spf.example.net TXT v=spf1 ip4:192.0.2.0/24 ~all");
    const Evaluation evaluation = run(resolver);
    EXPECT_EQ(evaluation.result, Result::pass);
    EXPECT_EQ(evaluation.lookups, 2);
    EXPECT_EQ(evaluation.voidLookups, 0);
    EXPECT_FALSE(evaluation.fault);
    EXPECT_THAT(steps(evaluation),
                ElementsAre("a: no match", "include:_spf.example.net: match", " ip4:192.0.2.0/24: match"));
}

TEST(Evaluate, AsksLevelByLevel) {
    FakeResolver resolver("example.org TXT v=spf1 a mx include:a.example.net include:b.example.net -all\n"
                          "example.org A 198.51.100.1\nexample.org MX 10 mail.example.org.\n"
                          "mail.example.org A 198.51.100.2\n"
                          "a.example.net TXT v=spf1 include:c.example.net ?all\n"
                          "b.example.net TXT v=spf1 mx ?all\nb.example.net MX 1 mx.b.example.net.\n"
                          "mx.b.example.net A 198.51.100.3\n"
                          "c.example.net TXT v=spf1 a ?all\nc.example.net A 198.51.100.4");
    const Evaluation evaluation = run(resolver);
    EXPECT_EQ(evaluation.result, Result::fail);
    EXPECT_EQ(evaluation.lookups, 7);
    EXPECT_EQ(resolver.rounds(), 4); // the record; its terms; those of a and b; those of c and the hosts of b
}

TEST(Evaluate, DoesNotAskForWhatStandsBehindAMatch) {
    FakeResolver resolver("example.org TXT v=spf1 ip4:192.0.2.1 include:_spf.example.net -all");
    EXPECT_EQ(run(resolver).result, Result::pass);
    EXPECT_EQ(resolver.rounds(), 1);
}

TEST(Evaluate, CountsATermThatFindsNothingOnce) {
    FakeResolver resolver("example.org TXT v=spf1 mx a:none.example.org -all\n"
                          "example.org MX 1 a.example.org.\nexample.org MX 2 b.example.org.\n"
                          "example.org MX 3 c.example.org.");
    const Evaluation evaluation = run(resolver);
    EXPECT_EQ(evaluation.result, Result::fail); // three hosts without address are one term without address
    EXPECT_EQ(evaluation.voidLookups, 2);
}

TEST(Evaluate, NamesTheTermThatIsTooMuch) {
    FakeResolver resolver("example.org TXT v=spf1 a:x1.example.org a:x2.example.org a:x3.example.org -all");
    const Evaluation evaluation = run(resolver);
    EXPECT_EQ(evaluation.result, Result::permerror);
    ASSERT_TRUE(evaluation.fault);
    EXPECT_EQ(evaluation.fault->code, EvaluationProblem::tooManyVoidLookups);
    EXPECT_EQ(evaluation.fault->term, "a:x3.example.org");
    EXPECT_EQ(evaluation.fault->domain, "example.org");
}

TEST(Evaluate, EndsWhereRecordsLeadToEachOther) {
    FakeResolver resolver("example.org TXT v=spf1 include:example.org include:example.org include:example.org -all");
    const Evaluation evaluation = run(resolver);
    EXPECT_EQ(evaluation.result, Result::permerror);
    EXPECT_EQ(evaluation.fault->code, EvaluationProblem::tooManyLookups);
    EXPECT_EQ(evaluation.lookups, mostLookups + 1);
    EXPECT_EQ(resolver.questions().size(), 1U); // nothing is asked twice
}

TEST(Evaluate, SaysWhichNameHasNoRecord) {
    FakeResolver resolver("example.org TXT v=spf1 include:_spf.example.net -all\n"
                          "_spf.example.net TXT v=spf1 redirect=gone.example.net");
    const Evaluation evaluation = run(resolver);
    EXPECT_EQ(evaluation.result, Result::permerror);
    EXPECT_EQ(evaluation.fault->code, EvaluationProblem::redirectHasNoRecord);
    EXPECT_EQ(evaluation.fault->domain, "_spf.example.net");
    EXPECT_EQ(evaluation.fault->term, "redirect=gone.example.net");
}

TEST(Evaluate, TellsAFailureOfTheDnsFromAnEmptyAnswer) {
    for (const AnswerStatus status : {AnswerStatus::timedOut, AnswerStatus::serverFailure, AnswerStatus::bogus,
                                      AnswerStatus::cancelled, AnswerStatus::notAsked}) {
        FakeResolver resolver("example.org TXT v=spf1 a:mail.example.org -all");
        resolver.fail("mail.example.org", status);
        const Evaluation evaluation = run(resolver);
        EXPECT_EQ(evaluation.result, Result::temperror);
        EXPECT_EQ(evaluation.fault->code, EvaluationProblem::dnsFailure);
        EXPECT_EQ(evaluation.fault->answer->status, status);
    }
}

TEST(Evaluate, TakesABounceForThePostmasterOfHelo) {
    FakeResolver resolver("mail.example.org TXT v=spf1 exists:%{l}.%{o}.example.net -all\n"
                          "postmaster.mail.example.org.example.net A 127.0.0.2");
    EXPECT_EQ(run(resolver, "192.0.2.1", "").result, Result::pass);
    EXPECT_EQ(run(resolver, "192.0.2.1", "", "[192.0.2.1]").result, Result::none);
    EXPECT_EQ(run(resolver, "192.0.2.1", "", "localhost").result, Result::none);
}

TEST(Evaluate, SendsAULabelToItsALabel) {
    FakeResolver resolver("xn--bcher-kva.example TXT v=spf1 ip4:192.0.2.1 -all");
    EXPECT_EQ(run(resolver, "192.0.2.1", "joe@bücher.example").result, Result::pass);
}

TEST(Evaluate, LetsNoSenderGrowWithoutBound) {
    std::string record = "example.org TXT v=spf1 exp=why.example.org exists:";
    std::string explanation = "why.example.org TXT \"";
    for (int i = 0; i < 100; ++i) {
        record += "%{l}.%{l}.";
        explanation += (i % 20 == 0 ? "\" \"" : "") + std::string("%{S}%{L}");
    }
    FakeResolver resolver(record + "example.org -all\n" + explanation + "\"");
    const Evaluation evaluation = run(resolver, "192.0.2.1", std::string(1'000'000, '!') + "@example.org");
    EXPECT_EQ(evaluation.result, Result::fail);
    EXPECT_FALSE(evaluation.explanation);
}

TEST(Evaluate, TakesHostileSendersForText) {
    for (const std::string_view mailFrom :
         {"@", "a@", "@@@", "a@b@example.org", "${run{id}}@example.org", "\"a b\"@example.org", "joe@example.org\n",
          "joe@[192.0.2.1]", "\\@example.org", "joe@.", "joe@..org"}) {
        FakeResolver resolver("example.org TXT v=spf1 exists:%{s}.%{l1r-}.example.net exists:%{h}.x.example.org -all");
        const Result result = run(resolver, "2001:db8::1", mailFrom, "$(id) \\ `x`").result;
        EXPECT_TRUE(result == Result::none || result == Result::fail) << mailFrom;
    }
}

} // namespace
} // namespace sealwright::spf
