#include "spf/evaluate.h"
#include "support/spfsuite.h"

#include <gtest/gtest.h>

namespace sealwright::spf {
namespace {

Evaluation evaluateCase(const test::SpfSuiteScenario& scenario, const test::SpfSuiteCase& one) {
    test::SpfSuiteResolver resolver(scenario);
    return evaluate({*IpAddress::parse(one.client), one.mailFrom, one.helo}, resolver, {});
}

TEST(SpfSuite, OfRfc7208PassesWholeWithItsExplanations) {
    int cases = 0;
    int explanations = 0;
    for (const test::SpfSuiteScenario& scenario : test::spfSuite()) {
        for (const test::SpfSuiteCase& one : scenario.cases) {
            SCOPED_TRACE(scenario.title + ": " + one.id + " (section " + one.section + ")");
            const Evaluation evaluation = evaluateCase(scenario, one);
            EXPECT_TRUE(one.results.contains(std::string(toString(evaluation.result))))
                << toString(evaluation.result) << ' '
                << (evaluation.fault ? toString(evaluation.fault->code) : std::string_view("without a fault"));
            if (one.explanation) {
                EXPECT_EQ(evaluation.explanation.value_or("(none)"), *one.explanation);
                ++explanations;
            }
            ++cases;
        }
    }
    EXPECT_EQ(cases, 203);
    EXPECT_GE(explanations, 10);
}

TEST(SpfSuite, RecordsThatCanBeReadPrintAndReadTheSame) {
    int readable = 0;
    for (const test::SpfSuiteScenario& scenario : test::spfSuite()) {
        test::SpfSuiteResolver resolver(scenario);
        for (const test::SpfSuiteRecord& published : scenario.records) {
            const auto name = DomainName::parseExpanded(published.name);
            if (!name || published.type != "TXT") {
                continue;
            }
            for (const std::string& text : texts(resolver.lookup(*name, RecordType::txt))) {
                if (const auto record = Record::parse(text)) {
                    EXPECT_EQ(Record::parse(record->toString()), *record) << text;
                    ++readable;
                }
            }
        }
    }
    EXPECT_GT(readable, 100);
}

} // namespace
} // namespace sealwright::spf
