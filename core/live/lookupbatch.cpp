#include "live/lookupbatch.h"

namespace sealwright {

LookupBatch::LookupBatch(std::span<const Question> questions)
    : questions_(questions.begin(), questions.end()), answers_(questions.size()), open_(questions.size()) {}

void LookupBatch::settle(std::size_t index, Answer answer) {
    const std::scoped_lock lock(mutex_);
    if (answers_[index]) {
        return;
    }
    answers_[index] = std::move(answer);
    if (--open_ == 0) {
        allSettled_.notify_all();
    }
}

std::vector<Answer> LookupBatch::wait(Deadline deadline, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    allSettled_.wait_until(lock, stop, deadline, [this] { return open_ == 0; });
    const AnswerStatus openStatus = stop.stop_requested() ? AnswerStatus::cancelled : AnswerStatus::timedOut;
    std::vector<Answer> answers;
    for (std::size_t i = 0; i < questions_.size(); ++i) {
        if (!answers_[i]) {
            answers_[i] = Answer(questions_[i]);
            answers_[i]->status = openStatus;
        }
        answers.push_back(*answers_[i]);
    }
    open_ = 0;
    return answers;
}

std::vector<Answer> allAnswered(std::span<const Question> questions, AnswerStatus status, std::string_view why) {
    std::vector<Answer> answers(questions.begin(), questions.end());
    for (Answer& answer : answers) {
        answer.status = status;
        answer.why = why;
    }
    return answers;
}

} // namespace sealwright
