#include "checks/tlsrptcheck.h"

#include "checks/everywhere.h"
#include "checks/slip.h"
#include "tlsrpt/record.h"

namespace sealwright {

void tlsRptCheck(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop) {
    const DomainName& domain = input.profile.domain;
    const auto name = domain.child(tlsrpt::recordLabels);
    if (!name) {
        return; // Too long for the DNS.
    }
    const Answer answer = answerTo(input, {*name, RecordType::txt}, stop);
    if (!isTold(Area::tlsRpt, answer, sink)) {
        return;
    }
    const ComparedRecord* planned = findPlanned(input, Purpose::tlsRpt);
    const std::vector<ResourceRecord> expected = plannedRecords(input, Purpose::tlsRpt);
    const auto tell = [&](FindingCode code, std::vector<std::string> arguments, std::vector<ResourceRecord> seen) {
        sink({code, Area::tlsRpt, domain, std::move(arguments), expected, std::move(seen)});
    };
    const std::vector<ResourceRecord> seen = seenTexts(answer, tlsrpt::isTlsRpt);
    const std::vector<ResourceRecord> meant = seenTexts(answer, tlsrpt::resemblesTlsRpt);
    if (seen.empty() && meant.empty() && planned != nullptr &&
        isAtSomeServers(input, Area::tlsRpt, planned->planned.record, tlsrpt::isTlsRpt, sink, stop)) {
        return;
    }
    if (seen.size() > 1) { // RFC 8460 section 3: as if there were none.
        tell(FindingCode::tlsRptSeveral, {std::to_string(seen.size())}, seen);
    } else if (seen.size() == 1) {
        const auto record = tlsrpt::Record::parse(seen.front().value);
        tell(record ? FindingCode::tlsRptSound : FindingCode::tlsRptBroken,
             record ? record->rua : std::vector{record.error().what}, seen);
    } else if (!meant.empty()) {
        tell(FindingCode::tlsRptBroken, {meant.front().value.substr(0, longestQuote)}, meant);
    } else {
        tell(expected.empty() ? FindingCode::tlsRptNone : FindingCode::tlsRptMissing, {}, {});
    }
    if (planned != nullptr) {
        tellOfSlip(input, Area::tlsRpt, *planned, sink, stop);
    }
}

} // namespace sealwright
