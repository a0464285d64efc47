#include "text/findingwords.h"

namespace sealwright {
namespace {

constexpr FindingWords words[] = {
    {FindingCode::mtaStsSound, Severity::ok,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The MTA-STS policy of %1 is in place (mode %2, remembered for %3 seconds)."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Other servers then deliver to you over verified TLS only."), nullptr},
    {FindingCode::mtaStsNone, Severity::info, QT_TRANSLATE_NOOP("sealwright::Findings", "%1 has no MTA-STS policy."),
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "With one, other servers deliver to you over verified TLS only. Mail arrives without it as well."),
     nullptr},
};

} // namespace

std::span<const FindingWords> mtaStsWords() {
    return words;
}

} // namespace sealwright
