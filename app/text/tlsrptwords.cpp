#include "text/findingwords.h"

namespace sealwright {
namespace {

constexpr FindingWords words[] = {
    {FindingCode::tlsRptSound, Severity::ok, QT_TRANSLATE_NOOP("sealwright::Findings", "Reports about TLS go to %2."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "They tell you when other servers could not deliver securely."),
     nullptr},
    {FindingCode::tlsRptNone, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings", "%1 asks nobody to report on TLS."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Such reports (TLS-RPT) tell you when other servers could not deliver securely."),
     nullptr},
};

} // namespace

std::span<const FindingWords> tlsRptWords() {
    return words;
}

} // namespace sealwright
