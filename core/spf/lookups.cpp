#include "spf/lookups.h"

#include <algorithm>

namespace sealwright::spf {

void Lookups::prefetch(std::vector<Question> questions) {
    std::ranges::sort(questions);
    questions.erase(std::unique(questions.begin(), questions.end()), questions.end());
    std::erase_if(questions, [this](const Question& question) { return answers_.contains(question); });
    if (questions.empty()) {
        return;
    }
    for (Answer& answer : resolver_.lookupAll(questions, stop_)) {
        const Question question = answer.question;
        answers_.emplace(question, std::move(answer));
    }
}

const Answer& Lookups::ask(const Question& question) {
    if (const auto known = answers_.find(question); known != answers_.end()) {
        return known->second;
    }
    prefetch({question});
    return answers_.at(question);
}

} // namespace sealwright::spf
