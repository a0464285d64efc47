#include "gui/notify.h"

#include "gui/icons.h"

#include <QApplication>
#include <QSystemTrayIcon>
#include <QTimer>

namespace sealwright {

using namespace std::chrono_literals;

void notify(QWidget& window, const QString& title, const QString& text) {
    QApplication::alert(&window);
    if (!QSystemTrayIcon::isSystemTrayAvailable() || !QSystemTrayIcon::supportsMessages()) {
        window.raise();
        window.activateWindow();
        return;
    }
    constexpr auto shownFor = 15s;
    auto* tray = new QSystemTrayIcon(applicationIcon(), &window);
    tray->show();
    tray->showMessage(title, text, applicationIcon(), static_cast<int>(std::chrono::milliseconds(shownFor).count()));
    QTimer::singleShot(shownFor, tray, &QObject::deleteLater);
}

} // namespace sealwright
