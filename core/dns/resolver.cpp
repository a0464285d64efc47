#include "dns/resolver.h"

#include <algorithm>

namespace sealwright {

Answer Resolver::lookup(const DomainName& name, RecordType type, std::stop_token stop) {
    const Question question{name, type};
    return std::move(lookupAll({&question, 1}, std::move(stop)).front());
}

std::vector<Reply> Resolver::askServers(std::span<const ServerQuestion> questions, std::stop_token /*stop*/) {
    std::vector<Reply> replies;
    std::ranges::transform(questions, std::back_inserter(replies),
                           [](const ServerQuestion& asked) { return Reply(Answer(asked.question)); });
    return replies;
}

std::vector<Answer> Resolver::lookupFromRoot(std::span<const Question> questions, std::stop_token /*stop*/) {
    return {questions.begin(), questions.end()};
}

} // namespace sealwright
