#include "gui/notify.h"

#include "gui/icons.h"

#include <QApplication>
#include <QSystemTrayIcon>
#include <QTimer>

#ifdef SEALWRIGHT_DBUS
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#endif

namespace sealwright {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds shownFor = 15s;

// Where there is no tray (GNOME has none), the window's entry in the task bar asks for attention all the same.
void notifyByTray(QWidget& window, const QString& title, const QString& text) {
    if (!QSystemTrayIcon::isSystemTrayAvailable() || !QSystemTrayIcon::supportsMessages()) {
        return;
    }
    auto* tray = new QSystemTrayIcon(applicationIcon(), &window);
    tray->show();
    tray->showMessage(title, text, applicationIcon(), static_cast<int>(shownFor.count()));
    QTimer::singleShot(shownFor, tray, &QObject::deleteLater);
}

} // namespace

#ifdef SEALWRIGHT_DBUS

// The Desktop Notifications Specification 1.2. Its texts may hold markup.
void notify(QWidget& window, const QString& title, const QString& text) {
    QApplication::alert(&window);
    auto call = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("/org/freedesktop/Notifications"),
        QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("Notify"));
    call.setArguments({QStringLiteral("Sealwright"), 0U, QGuiApplication::desktopFileName(), title,
                       text.toHtmlEscaped(), QStringList(),
                       QVariantMap{{QStringLiteral("desktop-entry"), QGuiApplication::desktopFileName()}},
                       static_cast<int>(shownFor.count())});
    auto* watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), &window);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, &window, [&window, title, text, watcher] {
        watcher->deleteLater();
        if (watcher->isError()) {
            notifyByTray(window, title, text);
        }
    });
}

#else

void notify(QWidget& window, const QString& title, const QString& text) {
    QApplication::alert(&window);
    notifyByTray(window, title, text);
}

#endif

} // namespace sealwright
