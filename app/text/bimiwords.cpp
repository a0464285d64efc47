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
};

} // namespace

std::span<const FindingWords> bimiWords() {
    return words;
}

} // namespace sealwright
