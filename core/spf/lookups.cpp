#include "spf/lookups.h"

#include <algorithm>

namespace sealwright::spf {

std::vector<const Answer*> Lookups::prefetch(std::vector<Question> questions) {
    std::erase_if(questions, [this](const Question& question) { return answers_.contains(question); });
    std::ranges::sort(questions);
    questions.erase(std::unique(questions.begin(), questions.end()), questions.end());
    std::vector<const Answer*> fresh;
    if (questions.empty()) {
        return fresh;
    }
    std::vector<Answer> answers = resolver_.lookupAll(questions, stop_);
    fresh.reserve(answers.size());
    for (std::size_t i = 0; i < answers.size(); ++i) {
        fresh.push_back(&answers_.emplace(std::move(questions[i]), std::move(answers[i])).first->second);
    }
    return fresh;
}

const Answer& Lookups::ask(Question question) {
    if (const auto known = answers_.find(question); known != answers_.end()) {
        return known->second;
    }
    Answer answer = std::move(resolver_.lookupAll({&question, 1}, stop_).front());
    return answers_.emplace(std::move(question), std::move(answer)).first->second;
}

const Lookups::Selected& Lookups::record(const Answer& txt) {
    const auto known = records_.find(&txt);
    return known != records_.end() ? known->second : records_.emplace(&txt, selectRecord(txt)).first->second;
}

} // namespace sealwright::spf
