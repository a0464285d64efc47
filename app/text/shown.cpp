#include "text/problemtext.h"

#include <algorithm>

namespace sealwright {
namespace {

constexpr qsizetype longestShown = 1000; // the record of a 4096-bit key has less

// What would act on a terminal or a label instead of being seen: control characters, line ends, and those that turn
// the direction of writing or take no room.
bool acts(char32_t c) {
    const QChar::Category category = QChar::category(c);
    return !QChar::isPrint(c) || category == QChar::Separator_Line || category == QChar::Separator_Paragraph;
}

QString escape(char32_t c) {
    const bool isShort = c <= 0xffff;
    return QStringLiteral("\\%1%2")
        .arg(isShort ? QLatin1Char('u') : QLatin1Char('U'))
        .arg(static_cast<uint>(c), isShort ? 4 : 8, 16, QLatin1Char('0'));
}

} // namespace

QString shown(std::string_view octets) {
    constexpr std::size_t longestCharacter = 4; // octets, in UTF-8
    const bool isCut = octets.size() > longestShown * longestCharacter;
    const std::string_view kept = octets.substr(0, longestShown * longestCharacter);
    const QList<uint> characters = QString::fromUtf8(kept.data(), static_cast<qsizetype>(kept.size())).toUcs4();
    QString text;
    for (const char32_t c : characters.first(std::min(characters.size(), longestShown))) {
        text += acts(c) ? escape(c) : QString::fromUcs4(&c, 1);
    }
    if (isCut || characters.size() > longestShown) {
        text += QStringLiteral(" …");
    }
    return text;
}

} // namespace sealwright
