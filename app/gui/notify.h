#pragma once

#include <QString>

class QWidget;

namespace sealwright {

/// Tells somebody who looks elsewhere: by a notification of the desktop where there is one, and by the window.
void notify(QWidget& window, const QString& title, const QString& text);

} // namespace sealwright
