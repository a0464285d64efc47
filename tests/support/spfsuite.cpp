#include "support/spfsuite.h"

#include "support/fakeresolver.h"

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace sealwright::test {
namespace {

constexpr int longestChain = 8;

std::vector<std::string> split(std::string_view text, char mark) {
    std::vector<std::string> all;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(mark, begin), text.size());
        all.emplace_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return all;
}

std::string lowered(std::string text) {
    for (char& c : text) {
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return text;
}

std::string keyOf(std::string_view name) {
    return lowered(std::string(name.substr(0, name.size() - (name.ends_with('.') ? 1 : 0))));
}

std::string joined(const std::string& quoted) {
    Answer answer({DomainName::root(), RecordType::txt});
    answer.status = AnswerStatus::found;
    answer.rdata = {wireRdata(RecordType::txt, quoted)};
    return texts(answer).at(0);
}

SpfSuiteCase readCase(const std::vector<std::string>& words) {
    const auto results = split(words.at(5), ',');
    return {words.at(1),
            words.at(2),
            words.at(3),
            words.at(4),
            {results.begin(), results.end()},
            words.at(6).empty() ? std::nullopt : std::optional(joined(words.at(6))),
            words.at(7)};
}

std::string wireOf(const SpfSuiteRecord& record) {
    const auto type = *recordTypeFromString(record.type);
    if (type == RecordType::txt) {
        return record.value.empty() ? "" : wireRdata(type, record.value);
    }
    return wireRdata(type, record.value == "0 " ? "0 ." : record.value);
}

} // namespace

std::vector<SpfSuiteScenario> spfSuite() {
    std::ifstream file(SEALWRIGHT_TEST_DATA "/spf/rfc7208-tests.tsv", std::ios::binary);
    std::vector<SpfSuiteScenario> scenarios;
    for (std::string line; std::getline(file, line);) {
        const auto words = split(line, '\t');
        if (words.front() == "scenario") {
            scenarios.push_back({words.at(1), {}, {}, {}});
        } else if (words.front() == "rr") {
            scenarios.back().records.push_back({words.at(1), words.at(2), words.at(3)});
        } else if (words.front() == "timeout") {
            scenarios.back().timeouts.insert(words.at(1));
        } else if (words.front() == "test") {
            scenarios.back().cases.push_back(readCase(words));
        }
    }
    return scenarios.empty() ? throw std::runtime_error("the suite of RFC 7208 can't be read") : scenarios;
}

SpfSuiteResolver::SpfSuiteResolver(const SpfSuiteScenario& scenario) {
    for (const std::string& name : scenario.timeouts) {
        timeouts_.insert(keyOf(name));
    }
    for (const SpfSuiteRecord& record : scenario.records) {
        auto& types = records_[keyOf(record.name)];
        if (record.type != "SPF") {
            types[record.type].push_back(wireOf(record));
        }
    }
}

bool SpfSuiteResolver::timesOut(const std::string& name) const {
    return timeouts_.contains(name) || (name.starts_with("error.") && !records_.contains(name));
}

Answer SpfSuiteResolver::answer(const Question& question) const {
    Answer answer(question);
    std::string name = question.name.toString();
    for (int hop = 0; hop < longestChain; ++hop) {
        const auto found = records_.find(name);
        const auto& types = found == records_.end() ? decltype(found->second){} : found->second;
        if (const auto wanted = types.find(std::string(toString(question.type))); wanted != types.end()) {
            answer.status = AnswerStatus::found;
            answer.rdata = wanted->second;
            return answer;
        }
        if (timesOut(name)) {
            answer.status = AnswerStatus::timedOut;
            return answer;
        }
        const auto alias = types.find("CNAME");
        if (alias == types.end()) {
            answer.status = found == records_.end() ? AnswerStatus::nxDomain : AnswerStatus::noData;
            return answer;
        }
        Answer target({question.name, RecordType::cname});
        target.rdata = alias->second;
        name = names(target).at(0).toString();
    }
    answer.status = AnswerStatus::serverFailure; // a loop
    return answer;
}

std::vector<Answer> SpfSuiteResolver::lookupAll(std::span<const Question> questions, std::stop_token) {
    std::vector<Answer> answers;
    for (const Question& question : questions) {
        answers.push_back(answer(question));
    }
    return answers;
}

} // namespace sealwright::test
