#pragma once

#include "dns/resolver.h"

#include <condition_variable>
#include <mutex>

namespace sealwright {

/// Questions that are out together, and the thread that waits for their answers. Those who answer share it, because an
/// answer may come when nobody waits any more.
class LookupBatch {
public:
    using Deadline = std::chrono::steady_clock::time_point;

    explicit LookupBatch(std::span<const Question> questions);

    [[nodiscard]] const Question& question(std::size_t index) const { return questions_[index]; }
    /// The first answer counts; what comes after the wait is dropped.
    void settle(std::size_t index, Answer answer);
    /// Until all is answered. What is open at the deadline has timed out; what is open at a stop is cancelled.
    [[nodiscard]] std::vector<Answer> wait(Deadline deadline, const std::stop_token& stop);

private:
    const std::vector<Question> questions_;
    std::mutex mutex_;
    std::condition_variable_any allSettled_;
    std::vector<std::optional<Answer>> answers_;
    std::size_t open_;
};

/// The same answer to every one of these questions.
[[nodiscard]] std::vector<Answer> allAnswered(std::span<const Question> questions, AnswerStatus status,
                                              std::string_view why = {});

} // namespace sealwright
