#include "fuzzzone.h"

#include "fuzz.h"
#include "zone/zonefile.h"

namespace sealwright::fuzz {

ZoneResolver::ZoneResolver(std::string_view lines) {
    Input input(reinterpret_cast<const std::uint8_t*>(lines.data()), lines.size());
    while (!input.rest().empty()) {
        const std::string_view line = input.line();
        if (line.starts_with('!')) {
            if (auto name = DomainName::parseDns(line.substr(1))) {
                silent_.push_back(std::move(*name));
            }
        } else if (auto file = readZoneFile(line, DomainName::root())) {
            for (ZoneFile::Record& record : file->records) {
                names_.insert(record.name);
                records_[{record.name, record.type}].push_back(std::move(record.rdata));
            }
        }
    }
}

std::vector<Answer> ZoneResolver::lookupAll(std::span<const Question> questions, std::stop_token /*stop*/) {
    questions_ += questions.size();
    std::vector<Answer> answers;
    for (const Question& question : questions) {
        answers.push_back(answer(question));
    }
    return answers;
}

Answer ZoneResolver::answer(const Question& question) const {
    Answer answer(question);
    const auto found = records_.find(question);
    if (std::ranges::any_of(silent_, [&](const DomainName& top) { return question.name.isAtOrBelow(top); })) {
        answer.status = AnswerStatus::timedOut;
    } else if (found == records_.end()) {
        answer.status = names_.contains(question.name) ? AnswerStatus::noData : AnswerStatus::nxDomain;
    } else {
        answer.status = AnswerStatus::found;
        answer.rdata = found->second;
    }
    return answer;
}

} // namespace sealwright::fuzz
