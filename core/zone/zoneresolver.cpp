#include "zone/zoneresolver.h"

#include "dns/answer.h"

#include <algorithm>

namespace sealwright {

std::vector<Answer> ZoneResolver::lookupAll(std::span<const Question> questions, std::stop_token stop) {
    std::vector<Question> elsewhere;
    std::ranges::copy_if(questions, std::back_inserter(elsewhere),
                         [this](const Question& question) { return !holds(question.name); });
    std::vector<Answer> others;
    if (!elsewhere.empty()) {
        others = other_.lookupAll(elsewhere, std::move(stop));
    }
    std::vector<Answer> answers;
    auto next = others.begin();
    for (const Question& question : questions) {
        answers.push_back(holds(question.name) ? answer(question) : std::move(*next++));
    }
    return answers;
}

/// In the zone, and not below a delegation (RFC 1034 section 4.2.1).
bool ZoneResolver::holds(const DomainName& name) const {
    return name.isAtOrBelow(*zone_.zone) && std::ranges::none_of(zone_.records, [&](const ZoneFile::Record& record) {
               return record.type == RecordType::ns && record.name != *zone_.zone && name.isAtOrBelow(record.name);
           });
}

Answer ZoneResolver::answer(const Question& question) const {
    Answer answer(question);
    answer.status = AnswerStatus::nxDomain;
    for (const ZoneFile::Record& record : zone_.records) {
        if (record.name.isAtOrBelow(question.name) && answer.status != AnswerStatus::found) {
            answer.status = AnswerStatus::noData;
        }
        if (record.name == question.name && record.type == question.type) {
            answer.status = AnswerStatus::found;
            answer.ttl = record.ttl;
            answer.rdata.push_back(record.rdata);
        }
    }
    return answer;
}

} // namespace sealwright
