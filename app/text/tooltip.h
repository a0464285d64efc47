#pragma once

#include <QString>

namespace sealwright {

/// A tooltip takes what looks like HTML for HTML, and what strangers publish is not to be read as such.
[[nodiscard]] inline QString plainToolTip(const QString& text) {
    return QStringLiteral("<p style=\"white-space: pre-wrap\">%1</p>").arg(text.toHtmlEscaped());
}

} // namespace sealwright
