#include "text/findingwords.h"

namespace sealwright {
namespace {

constexpr FindingWords words[] = {
    {FindingCode::smtpSound, Severity::ok,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The mail server %2 answers at %3, with %4 and a valid certificate."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Other servers can deliver to it securely."), nullptr},
    {FindingCode::smtpNotAsked, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings", "No mail server was talked to."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "So this check can't speak of it."), nullptr},
};

} // namespace

std::span<const FindingWords> smtpWords() {
    return words;
}

} // namespace sealwright
