#include "checks/askonce.h"

#include <algorithm>

namespace sealwright {
namespace {

const Question& questionOf(const Question& question) {
    return question;
}
const Question& questionOf(const ServerQuestion& asked) {
    return asked.question;
}
const Answer& answerOf(const Answer& answer) {
    return answer;
}
const Answer& answerOf(const Reply& reply) {
    return reply.answer;
}

template <class Told, class Asked>
Told cancelled(const Asked& asked) {
    Answer answer(questionOf(asked));
    answer.status = AnswerStatus::cancelled;
    return Told(std::move(answer));
}

} // namespace

template <class Asked, class Told, class Ask>
std::vector<Told> AskOnce::recall(Memory<Asked, Told>& memory, std::span<const Asked> questions,
                                  const std::stop_token& stop, Ask ask) {
    std::vector<Asked> fresh;
    {
        const std::scoped_lock lock(mutex_);
        std::ranges::copy_if(questions, std::back_inserter(fresh),
                             [&](const Asked& asked) { return memory.emplace(asked, std::nullopt).second; });
    }
    std::vector<Told> told;
    try {
        told = fresh.empty() ? std::vector<Told>{} : ask(fresh);
    } catch (...) { // Nobody may wait for ever.
        const std::scoped_lock lock(mutex_);
        std::ranges::for_each(fresh, [&](const Asked& asked) { memory.erase(asked); });
        told_.notify_all();
        throw;
    }
    std::unique_lock lock(mutex_);
    for (std::size_t i = 0; i < told.size(); ++i) {
        if (answerOf(told[i]).status == AnswerStatus::cancelled) {
            memory.erase(fresh[i]); // Whoever waits for it is told below.
        } else {
            memory[fresh[i]] = std::move(told[i]);
        }
    }
    told_.notify_all();
    told_.wait(lock, stop, [&] {
        return std::ranges::none_of(questions, [&](const Asked& asked) {
            const auto found = memory.find(asked);
            return found != memory.end() && !found->second;
        });
    });
    std::vector<Told> results;
    for (const Asked& asked : questions) {
        const auto found = memory.find(asked);
        results.push_back(found != memory.end() && found->second ? *found->second : cancelled<Told>(asked));
    }
    return results;
}

std::vector<Answer> AskOnce::lookupAll(std::span<const Question> questions, std::stop_token stop) {
    return recall(answers_, questions, stop,
                  [&](const std::vector<Question>& fresh) { return behind_.lookupAll(fresh, stop); });
}

std::vector<Reply> AskOnce::askServers(std::span<const ServerQuestion> questions, std::stop_token stop) {
    return recall(replies_, questions, stop,
                  [&](const std::vector<ServerQuestion>& fresh) { return behind_.askServers(fresh, stop); });
}

std::vector<Answer> AskOnce::lookupFromRoot(std::span<const Question> questions, std::stop_token stop) {
    return recall(answersFromRoot_, questions, stop,
                  [&](const std::vector<Question>& fresh) { return behind_.lookupFromRoot(fresh, stop); });
}

} // namespace sealwright
