#include "text/findingwords.h"

namespace sealwright {
namespace {

constexpr FindingWords words[] = {
    {FindingCode::delegationSound, Severity::ok,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "%2 name servers at %3 addresses serve %1, and all say the same (serial %4)."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Receivers ask any of them, so each must know your records."), nullptr},
    {FindingCode::delegationUnknown, Severity::unknown,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The name servers of %1 could not be asked directly[: %2]."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "What is published was read through a resolver only, which may remember an older answer."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Try again from a network that lets DNS (port 53) through.")},
};

} // namespace

std::span<const FindingWords> delegationWords() {
    return words;
}

} // namespace sealwright
