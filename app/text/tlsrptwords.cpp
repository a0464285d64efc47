#include "text/findingwords.h"

namespace sealwright {
namespace {

constexpr FindingWords words[] = {
    {FindingCode::tlsRptSound, Severity::ok, QT_TRANSLATE_NOOP("sealwright::Findings", "Reports about TLS go to %2."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "They tell you when other servers could not deliver securely."),
     nullptr},
    {FindingCode::tlsRptMissing, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "%1 has no record for reports on TLS yet."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Senders only report where they are asked to."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Publish:%R")},
    {FindingCode::tlsRptNone, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings", "%1 asks nobody to report on TLS."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Such reports (TLS-RPT) tell you when other servers could not deliver securely."),
     nullptr},
    {FindingCode::tlsRptSeveral, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "%1 has %2 records for reports on TLS."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Only one is allowed. With more, senders report nothing."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Delete all but one.")},
    {FindingCode::tlsRptBroken, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The record of %1 for reports on TLS can't be read: %2"),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Senders report nothing."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "It has to look like this: v=TLSRPTv1; rua=mailto:tls-reports@%1")},
};

} // namespace

std::span<const FindingWords> tlsRptWords() {
    return words;
}

} // namespace sealwright
