#include "gui/readonlytext.h"

#include <QFontDatabase>

namespace sealwright {

using namespace Qt::StringLiterals;

ReadOnlyText::ReadOnlyText(const QString& accessibleName, int lines, QWidget* parent) : QPlainTextEdit(parent) {
    setReadOnly(true);
    setTabChangesFocus(true);
    setAccessibleName(accessibleName);
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setWordWrapMode(QTextOption::WrapAnywhere);
    constexpr int borders = 4;
    setMinimumHeight(fontMetrics().lineSpacing() * lines + static_cast<int>(document()->documentMargin()) + borders);
    // The Fusion style draws no focus on a read-only text.
    setStyleSheet(u"QPlainTextEdit { border: 1px solid palette(mid); border-radius: 3px; }"
                  "QPlainTextEdit:focus { border: 2px solid palette(highlight); }"_s);
}

} // namespace sealwright
