#include "live/zonefragments.h"

#include "dns/rdata.h"

namespace sealwright {

namespace {

constexpr int longestChain = 8;

} // namespace

ZoneFragments::ZoneFragments(std::vector<ZoneFile::Record> records) {
    for (ZoneFile::Record& record : records) {
        Question question{record.name, record.type};
        records_.emplace(std::move(question), std::move(record));
    }
}

std::optional<Question> ZoneFragments::answer(Answer& answer) const {
    const RecordType type = answer.question.type;
    for (int hop = 0; hop < longestChain; ++hop) {
        const auto [begin, end] = records_.equal_range({answer.canonicalName, type});
        if (begin != end) {
            answer.status = AnswerStatus::found;
            answer.ttl = begin->second.ttl;
            for (auto record = begin; record != end; ++record) {
                answer.rdata.push_back(record->second.rdata);
            }
            return std::nullopt;
        }
        const auto alias = records_.find({answer.canonicalName, RecordType::cname});
        auto target = alias == records_.end() ? std::nullopt : RdataReader(alias->second.rdata).domainName();
        if (!target) {
            return Question{answer.canonicalName, type};
        }
        answer.canonicalName = std::move(*target);
    }
    answer.status = AnswerStatus::serverFailure;
    answer.why = "CNAME loop";
    return std::nullopt;
}

} // namespace sealwright
