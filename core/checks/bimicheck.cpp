#include "checks/bimicheck.h"

#include "bimi/record.h"
#include "dmarc/discover.h"

namespace sealwright {
namespace {

void tellOfRecord(const CheckInput& input, const bimi::Record& record, const std::vector<ResourceRecord>& seen,
                  const FindingSink& sink, const std::stop_token& stop) {
    const auto tell = [&](FindingCode code, std::vector<std::string> arguments = {}) {
        sink({code, Area::bimi, input.profile.domain, std::move(arguments), {}, seen});
    };
    if (record.declines()) {
        tell(FindingCode::bimiDeclined);
        return;
    }
    tell(FindingCode::bimiFound, {record.l});
    if (record.a.empty()) {
        tell(FindingCode::bimiNoCertificate);
    }
    const dmarc::Discovery discovery = dmarc::discover(input.profile.domain, input.resolver, stop);
    if (!discovery.unanswered && discovery.policy == dmarc::Policy::none) {
        tell(FindingCode::bimiNeedsPolicy, {std::string(toString(discovery.policy))});
    }
}

} // namespace

void bimiCheck(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop) {
    const auto name = bimi::recordName(input.profile.domain);
    if (!name) {
        return; // Too long for the DNS.
    }
    const Answer answer = answerTo(input, {*name, RecordType::txt}, stop);
    if (!isTold(Area::bimi, answer, sink)) {
        return;
    }
    const auto tell = [&](FindingCode code, std::vector<std::string> arguments, std::vector<ResourceRecord> seen) {
        sink({code, Area::bimi, input.profile.domain, std::move(arguments), {}, std::move(seen)});
    };
    const std::vector<ResourceRecord> seen = seenTexts(answer, bimi::isBimi);
    const std::vector<ResourceRecord> meant = seenTexts(answer, bimi::resemblesBimi);
    if (seen.empty() && !meant.empty()) {
        tell(FindingCode::bimiBroken, {meant.front().value.substr(0, longestQuote)}, meant);
    } else if (seen.empty()) {
        tell(FindingCode::bimiNone, {}, {});
    } else if (seen.size() > 1) {
        tell(FindingCode::bimiSeveral, {std::to_string(seen.size())}, seen);
    } else if (const auto record = bimi::Record::parse(seen.front().value)) {
        tellOfRecord(input, *record, seen, sink, stop);
    } else {
        tell(FindingCode::bimiBroken, {record.error().what}, seen);
    }
}

} // namespace sealwright
