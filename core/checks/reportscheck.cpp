#include "checks/reportscheck.h"

#include "dmarc/record.h"

namespace sealwright {
namespace {

// `<domain>._report._dmarc.<host>` → <host>
std::string reportHost(const DomainName& name) {
    constexpr std::string_view middle = "._report._dmarc.";
    const std::string& text = name.toString();
    const auto at = text.find(middle);
    return at == std::string::npos ? text : text.substr(at + middle.size());
}

bool asksForReports(const ComparedRecord& planned) {
    const auto record = dmarc::Record::parse(planned.planned.record.value);
    return record && !record->rua.empty();
}

} // namespace

void reportsCheck(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop) {
    bool anyOutside = false;
    for (const ComparedRecord& record : input.compared) {
        if (record.planned.purpose != Purpose::reportAuthorization) {
            continue;
        }
        anyOutside = true;
        const ResourceRecord& wanted = record.planned.record;
        const Answer answer = answerTo(input, {wanted.name, RecordType::txt}, stop);
        if (isTold(Area::reports, answer, sink)) {
            const bool authorized = !seenTexts(answer, dmarc::isDmarc).empty(); // RFC 9990 section 4
            sink({authorized ? FindingCode::reportsAuthorized : FindingCode::reportsNotAuthorized,
                  Area::reports,
                  wanted.name,
                  {reportHost(wanted.name)},
                  {wanted},
                  seenRecords(answer)});
        }
    }
    const ComparedRecord* policy = findPlanned(input, Purpose::dmarc);
    if (!anyOutside && policy != nullptr) {
        sink({asksForReports(*policy) ? FindingCode::reportsInside : FindingCode::reportsNotAsked,
              Area::reports,
              input.profile.domain,
              {},
              {},
              {}});
    }
}

} // namespace sealwright
