#include "text/findingwords.h"

namespace sealwright {
namespace {

constexpr FindingWords words[] = {
    {FindingCode::daneSound, Severity::ok,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The certificate of %2 is the one its TLSA record announces."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Servers that use DANE deliver to it over verified TLS."), nullptr},
    {FindingCode::daneNone, Severity::info, QT_TRANSLATE_NOOP("sealwright::Findings", "%2 has no TLSA record."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "DANE lets other servers verify yours by the DNS alone, and needs a zone signed with DNSSEC."),
     nullptr},
};

} // namespace

std::span<const FindingWords> daneWords() {
    return words;
}

} // namespace sealwright
