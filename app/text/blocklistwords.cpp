#include "text/findingwords.h"

namespace sealwright {
namespace {

constexpr FindingWords words[] = {
    {FindingCode::blocklistsClean, Severity::ok,
     QT_TRANSLATE_NOOP("sealwright::Findings", "No block list that was asked lists your server's addresses: %L2."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Receivers refuse mail from addresses on these lists."), nullptr},
    {FindingCode::blocklistsUnknown, Severity::unknown,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The block lists did not answer."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Whether they list your server is not known."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Try again later, or look on their web sites.")},
};

} // namespace

std::span<const FindingWords> blocklistWords() {
    return words;
}

} // namespace sealwright
