#include "checks/dmarccheck.h"

#include "checks/slip.h"
#include "dmarc/standards.h"
#include "plan/dmarcplan.h"

#include <algorithm>

namespace sealwright {
namespace {

// Reports that nobody asks for have a finding of their own: all else of the planned record counts here.
bool saysWhatIsPlanned(const ComparedRecord* planned, const dmarc::Record& record, const std::string& seen) {
    if (planned == nullptr || planned->state == RecordState::present) {
        return true;
    }
    auto wanted = dmarc::Record::parse(planned->planned.record.value);
    if (!wanted || !record.rua.empty()) {
        return false;
    }
    PlannedRecord silent = planned->planned;
    wanted->rua.clear();
    silent.record.value = wanted->toString();
    return saysTheSame(silent, seen);
}

void tellOfRecord(const CheckInput& input, const DomainName& name, const std::vector<ResourceRecord>& seen,
                  const FindingSink& sink) {
    const std::vector<ResourceRecord> expected = plannedRecords(input, Purpose::dmarc);
    const auto tell = [&](FindingCode code, std::vector<std::string> arguments = {}) {
        sink({code, Area::dmarc, name, std::move(arguments), expected, seen});
    };
    const auto record = dmarc::Record::parse(seen.front().value);
    if (!record) {
        tell(FindingCode::dmarcBroken, {record.error().what});
        return;
    }
    if (!record->ignored.empty()) {
        tell(FindingCode::dmarcIgnoredTags, {tagNames(record->ignored)});
    }
    if (!record->others.empty()) {
        tell(FindingCode::dmarcObsoleteTags, {tagNames(record->others)});
    }
    if (record->rua.empty() && input.profile.role == DomainRole::sends) {
        tell(FindingCode::dmarcNoReports);
    }
    if (!record->p) {
        tell(FindingCode::dmarcNoPolicy);
        return;
    }
    const ComparedRecord* planned = findPlanned(input, Purpose::dmarc);
    const bool present = saysWhatIsPlanned(planned, *record, seen.front().value);
    tell(present ? FindingCode::dmarcPresent : FindingCode::dmarcDiffers, {std::string(dmarc::toString(*record->p))});
}

// Whether receivers that still follow RFC 7489 do otherwise. pct= has a finding of its own.
void tellOfOlderStandard(const CheckInput& input, const DomainName& name, const FindingSink& sink,
                         const std::stop_token& stop) {
    const auto standards = dmarc::discoverByBoth(input.profile.domain, input.resolver, stop);
    std::string why;
    for (const dmarc::Difference difference : standards.differences) {
        if (difference != dmarc::Difference::percentage) {
            why += (why.empty() ? "" : ", ") + std::string(toString(difference));
        }
    }
    if (!why.empty() && standards.forBoth) {
        sink({FindingCode::dmarcStandardsDiffer, Area::dmarc, name, {why, standards.forBoth->toString()}, {}, {}});
    }
}

} // namespace

void dmarcCheck(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop) {
    const auto name = input.profile.domain.child("_dmarc");
    if (!name) {
        return; // The plan says so in a note.
    }
    const Answer answer = answerTo(input, {*name, RecordType::txt}, stop);
    if (!isTold(Area::dmarc, answer, sink)) {
        return;
    }
    const std::vector<ResourceRecord> seen = seenTexts(answer, dmarc::isDmarc);
    const std::vector<ResourceRecord> expected = plannedRecords(input, Purpose::dmarc);
    if (seen.size() == 1) {
        tellOfRecord(input, *name, seen, sink);
    } else if (seen.size() > 1) {
        sink({FindingCode::dmarcSeveral, Area::dmarc, *name, {std::to_string(seen.size())}, expected, seen});
    } else if (const auto broken = seenTexts(answer, dmarc::resemblesDmarc); !broken.empty()) {
        sink({FindingCode::dmarcBroken,
              Area::dmarc,
              *name,
              {broken.front().value.substr(0, longestQuote)},
              expected,
              broken});
    } else if (const auto from = inheritedDmarc(input.profile.domain, input.published)) {
        sink({FindingCode::dmarcInherited, Area::dmarc, *name, {from->domain.toString()}, expected, {}});
    } else {
        sink({FindingCode::dmarcMissing, Area::dmarc, *name, {}, expected, {}});
    }
    if (const ComparedRecord* planned = findPlanned(input, Purpose::dmarc)) {
        tellOfSlip(input, Area::dmarc, *planned, sink, stop);
    }
    tellOfOlderStandard(input, *name, sink, stop);
}

} // namespace sealwright
