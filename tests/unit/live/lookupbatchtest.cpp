#include "live/lookupbatch.h"

#include "support/fakeresolver.h"

#include <gmock/gmock.h>

#include <thread>

namespace sealwright {
namespace {

using test::dnsName;
using testing::Each;
using testing::Field;
using Clock = std::chrono::steady_clock;

const std::vector<Question> twoQuestions{{dnsName("a.test"), RecordType::txt}, {dnsName("b.test"), RecordType::txt}};

Answer answered(const Question& question, AnswerStatus status) {
    Answer answer(question);
    answer.status = status;
    return answer;
}

TEST(LookupBatch, WaitsForAnswersInAnyOrder) {
    LookupBatch batch(twoQuestions);
    const std::jthread other([&batch] {
        batch.settle(1, answered(twoQuestions[1], AnswerStatus::noData));
        batch.settle(0, answered(twoQuestions[0], AnswerStatus::found));
    });
    const auto answers = batch.wait(Clock::time_point::max(), {});
    EXPECT_EQ(answers.at(0).status, AnswerStatus::found);
    EXPECT_EQ(answers.at(1).status, AnswerStatus::noData);
}

TEST(LookupBatch, CallsWhatIsOpenAtTheDeadlineTimedOutAndKeepsTheRest) {
    LookupBatch batch(twoQuestions);
    batch.settle(1, answered(twoQuestions[1], AnswerStatus::nxDomain));
    const auto answers = batch.wait(Clock::now(), {});
    EXPECT_EQ(answers.at(0).status, AnswerStatus::timedOut);
    EXPECT_EQ(answers.at(1).status, AnswerStatus::nxDomain);
    batch.settle(0, answered(twoQuestions[0], AnswerStatus::found)); // Too late, and harmless.
}

TEST(LookupBatch, CallsWhatIsOpenAtAStopCancelled) {
    for (int i = 0; i < 500; ++i) { // Once in a while the stop comes just before the wait, or while that ends.
        LookupBatch batch(twoQuestions);
        std::stop_source stop;
        const std::jthread other([&stop] { stop.request_stop(); });
        ASSERT_THAT(batch.wait(Clock::time_point::max(), stop.get_token()),
                    Each(Field(&Answer::status, AnswerStatus::cancelled)));
    }
}

TEST(LookupBatch, CountsTheFirstAnswer) {
    LookupBatch batch({twoQuestions.data(), 1});
    batch.settle(0, answered(twoQuestions[0], AnswerStatus::found));
    batch.settle(0, answered(twoQuestions[0], AnswerStatus::bogus));
    EXPECT_EQ(batch.wait(Clock::time_point::max(), {}).front().status, AnswerStatus::found);
    EXPECT_TRUE(LookupBatch({}).wait(Clock::time_point::max(), {}).empty());
}

} // namespace
} // namespace sealwright
