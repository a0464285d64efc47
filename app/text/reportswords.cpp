#include "text/findingwords.h"

namespace sealwright {
namespace {

constexpr FindingWords words[] = {
    {FindingCode::reportsInside, Severity::ok,
     QT_TRANSLATE_NOOP("sealwright::Findings", "DMARC reports go to a mailbox of the same organization."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "That needs nobody's consent."), nullptr},
    {FindingCode::reportsAuthorized, Severity::ok,
     QT_TRANSLATE_NOOP("sealwright::Findings", "%2 agrees to get reports about your domain."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "A mailbox of another organization gets reports only with its consent."),
     nullptr},
    {FindingCode::reportsNotAuthorized, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "%2 has not agreed to get reports about your domain."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Receivers then silently drop the reports."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "In the DNS of %2, publish:%R")},
    {FindingCode::reportsNotAsked, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings", "Nobody is asked to report on mail in the name of %1."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "For a name that never sends, reports only show forgeries."), nullptr},
};

} // namespace

std::span<const FindingWords> reportsWords() {
    return words;
}

} // namespace sealwright
