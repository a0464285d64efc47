#include "text/findingwords.h"

namespace sealwright {
namespace {

constexpr FindingWords words[] = {
    {FindingCode::bimiFound, Severity::ok,
     QT_TRANSLATE_NOOP("sealwright::Findings", "A BIMI record names your logo: %2."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Some mailbox providers show it beside your mail."), nullptr},
    {FindingCode::bimiNone, Severity::info, QT_TRANSLATE_NOOP("sealwright::Findings", "%1 has no BIMI record."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "It is optional: some providers show a logo beside the mail of domains that have one."),
     nullptr},
    {FindingCode::bimiSeveral, Severity::warning, QT_TRANSLATE_NOOP("sealwright::Findings", "%1 has %2 BIMI records."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Only one is allowed. With more, no logo is shown."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Delete all but one.")},
    {FindingCode::bimiBroken, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The BIMI record of %1 can't be read: %2"),
     QT_TRANSLATE_NOOP("sealwright::Findings", "No logo is shown."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "It has to look like this: v=BIMI1; l=https://%1/logo.svg; a=")},
    {FindingCode::bimiDeclined, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The BIMI record of %1 says that it wants no logo shown."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "That is a valid choice."), nullptr},
    {FindingCode::bimiNoCertificate, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The BIMI record of %1 names no certificate for the logo."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Some mailbox providers, Gmail among them, only show logos that have one."),
     nullptr},
    {FindingCode::bimiNeedsPolicy, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "%1 has a BIMI record, and its DMARC policy is %2."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Mailbox providers only show the logo where DMARC says quarantine or reject."),
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "Choose the DMARC policy quarantine or reject when all your mail passes, or delete the BIMI record.")},
};

} // namespace

std::span<const FindingWords> bimiWords() {
    return words;
}

} // namespace sealwright
