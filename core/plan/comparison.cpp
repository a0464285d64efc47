#include "plan/comparison.h"

#include "dkim/keyrecord.h"
#include "mtasts/record.h"
#include "spf/record.h"
#include "tlsrpt/record.h"

#include <algorithm>

namespace sealwright {
namespace {

bool isOfKind(Purpose purpose, std::string_view value) {
    switch (purpose) {
    case Purpose::spf:
    case Purpose::hostSpf:
        return spf::isSpf(value);
    case Purpose::dmarc:
        return dmarc::isDmarc(value) || dmarc::resemblesDmarc(value);
    case Purpose::reportAuthorization:
        return dmarc::isDmarc(value);
    case Purpose::mtaSts:
        return mtasts::isMtaSts(value) || mtasts::resemblesMtaSts(value);
    case Purpose::tlsRpt:
        return tlsrpt::isTlsRpt(value) || tlsrpt::resemblesTlsRpt(value);
    case Purpose::dkim: // Nothing else may stand at a selector's name.
    case Purpose::mx:
    case Purpose::nullMx:
    case Purpose::mtaStsHost:
    case Purpose::tlsa:
        return true;
    }
    return false;
}

// Names are compared without case; macros are not (RFC 7208 section 7.3: a capital letter escapes).
std::string folded(const spf::Record& record) {
    std::string text = record.toString();
    if (text.find('%') == std::string::npos) {
        std::ranges::transform(text, text.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    }
    return text;
}

bool sameSpf(std::string_view wanted, std::string_view seen) {
    const auto a = spf::Record::parse(wanted);
    const auto b = spf::Record::parse(seen);
    return a && b && folded(*a) == folded(*b);
}

bool sameKey(std::string_view wanted, std::string_view seen) {
    const auto a = dkim::KeyRecord::parse(wanted);
    const auto b = dkim::KeyRecord::parse(seen);
    return a && b && a->type == b->type && a->publicKey == b->publicKey && b->allowsMail() && !b->isTesting();
}

bool sameDmarc(std::string_view wanted, std::string_view seen) {
    auto a = dmarc::Record::parse(wanted);
    auto b = dmarc::Record::parse(seen);
    if (!a || !b) {
        return false;
    }
    a->ignored.clear();
    b->ignored.clear();
    return *a == *b;
}

bool sameMtaSts(std::string_view wanted, std::string_view seen) {
    const auto a = mtasts::Record::parse(wanted);
    const auto b = mtasts::Record::parse(seen);
    return a && b && a->id == b->id;
}

bool sameTlsRpt(std::string_view wanted, std::string_view seen) {
    auto a = tlsrpt::Record::parse(wanted);
    auto b = tlsrpt::Record::parse(seen);
    if (!a || !b) {
        return false;
    }
    std::ranges::sort(a->rua);
    std::ranges::sort(b->rua);
    return a->rua == b->rua;
}

bool sameMeaning(Purpose purpose, std::string_view wanted, std::string_view seen) {
    switch (purpose) {
    case Purpose::spf:
    case Purpose::hostSpf:
        return sameSpf(wanted, seen);
    case Purpose::dkim:
        return sameKey(wanted, seen);
    case Purpose::dmarc:
        return sameDmarc(wanted, seen);
    case Purpose::reportAuthorization:
        return true; // RFC 9990 section 4: the version is enough.
    case Purpose::mtaSts:
        return sameMtaSts(wanted, seen);
    case Purpose::tlsRpt:
        return sameTlsRpt(wanted, seen);
    case Purpose::mx:
    case Purpose::nullMx:
    case Purpose::mtaStsHost:
    case Purpose::tlsa:
        return wanted == seen;
    }
    return false;
}

RecordState stateOf(const PlannedRecord& planned, const Answer* answer, const std::vector<ResourceRecord>& seen) {
    if (answer == nullptr || answer->status == AnswerStatus::notAsked) {
        return RecordState::wanted;
    }
    if (!answer->isConclusive()) {
        return RecordState::unknown;
    }
    if (seen.empty()) {
        return RecordState::missing;
    }
    const bool consent = planned.purpose == Purpose::reportAuthorization; // any number of them will do
    const bool same = (seen.size() == 1 || consent) && saysTheSame(planned, seen.front().value);
    return same ? RecordState::present : RecordState::differs;
}

} // namespace

std::string_view toString(RecordState state) {
    switch (state) {
    case RecordState::wanted:
        return "wanted";
    case RecordState::present:
        return "present";
    case RecordState::differs:
        return "differs";
    case RecordState::missing:
        return "missing";
    case RecordState::unknown:
        return "unknown";
    }
    return {};
}

bool saysTheSame(const PlannedRecord& planned, std::string_view seen) {
    return sameMeaning(planned.purpose, planned.record.value, seen);
}

std::vector<ComparedRecord> compare(const RecordPlan& plan, const Published& published) {
    std::vector<ComparedRecord> compared;
    for (const PlannedRecord& planned : plan.records) {
        const ResourceRecord& wanted = planned.record;
        const Answer* answer = published.find(wanted.name, wanted.type);
        std::vector<ResourceRecord> seen;
        if (answer != nullptr) {
            for (std::string& value : presentation(*answer)) {
                // Records for several keys of a server stand side by side (RFC 7671 section 8): none replaces another.
                const bool beside = planned.purpose == Purpose::tlsa && !saysTheSame(planned, value);
                if (isOfKind(planned.purpose, value) && !beside) {
                    seen.push_back({wanted.name, wanted.type, answer->ttl, std::move(value)});
                }
            }
        }
        const RecordState state = stateOf(planned, answer, seen);
        compared.push_back({planned, state, std::move(seen)});
    }
    return compared;
}

} // namespace sealwright
