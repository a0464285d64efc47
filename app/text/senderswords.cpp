#include "text/findingwords.h"

namespace sealwright {
namespace {

constexpr FindingWords words[] = {
    {FindingCode::senderConfirmed, Severity::ok,
     QT_TRANSLATE_NOOP("sealwright::Findings", "Your server's address %2 is called %3, and %3 has that address."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Large receivers refuse mail from addresses whose name does not lead back to them."),
     nullptr},
    {FindingCode::sendersUnknown, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings", "No address is known from which %1 sends mail."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "So its names in the DNS can't be checked."), nullptr},
};

} // namespace

std::span<const FindingWords> sendersWords() {
    return words;
}

} // namespace sealwright
