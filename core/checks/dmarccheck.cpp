#include "checks/dmarccheck.h"

#include "checks/everywhere.h"
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

// Where no record counts: several, broken, of the domain above, none.
void tellOfNone(const CheckInput& input, const DomainName& name, const std::vector<ResourceRecord>& seen,
                const std::vector<ResourceRecord>& meant, const FindingSink& sink) {
    const auto tell = [&](FindingCode code, std::vector<std::string> arguments,
                          const std::vector<ResourceRecord>& shown) {
        sink({code, Area::dmarc, name, std::move(arguments), plannedRecords(input, Purpose::dmarc), shown});
    };
    if (!seen.empty()) {
        tell(FindingCode::dmarcSeveral, {std::to_string(seen.size())}, seen);
    } else if (!meant.empty()) {
        tell(FindingCode::dmarcBroken, {meant.front().value.substr(0, longestQuote)}, meant);
    } else if (const auto from = inheritedDmarc(input.profile.domain, input.published)) {
        tell(FindingCode::dmarcInherited, {from->domain.toString()}, {});
    } else {
        tell(FindingCode::dmarcMissing, {}, {});
    }
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
    const std::vector<ResourceRecord> meant = seenTexts(answer, dmarc::resemblesDmarc);
    const ComparedRecord* planned = findPlanned(input, Purpose::dmarc);
    if (seen.empty() && meant.empty() && planned != nullptr &&
        isAtSomeServers(input, Area::dmarc, planned->planned.record, dmarc::isDmarc, sink, stop)) {
        return;
    }
    if (seen.size() == 1) {
        tellOfRecord(input, *name, seen, sink);
    } else {
        tellOfNone(input, *name, seen, meant, sink);
    }
    if (planned != nullptr) {
        tellOfSlip(input, Area::dmarc, *planned, sink, stop);
    }
    tellOfOlderStandard(input, *name, sink, stop);
}

} // namespace sealwright
