#include "vault/secretservice.h"

#ifdef SEALWRIGHT_SECRET_SERVICE
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QMap>
#endif

namespace sealwright::secretservice {

#ifdef SEALWRIGHT_SECRET_SERVICE

namespace {

using Attributes = QMap<QString, QString>;
using Paths = QList<QDBusObjectPath>;

const QString bus = QStringLiteral("org.freedesktop.secrets");
const QString root = QStringLiteral("/org/freedesktop/secrets");
const QString service = QStringLiteral("org.freedesktop.Secret.Service");
const QString collection = QStringLiteral("org.freedesktop.Secret.Collection");

Sight sightOf(const QDBusError& error) {
    return error.type() == QDBusError::NoReply || error.type() == QDBusError::Timeout ? Sight::silent
                                                                                      : Sight::noService;
}

/// Calls `method`; then one of the two, in this thread.
template <class Reply, class Answered>
void ask(const QString& path, const QString& interface, const QString& method, const QVariantList& arguments,
         std::chrono::milliseconds deadline, const Answered& answered, const Tell& failed) {
    const QDBusConnection session = QDBusConnection::sessionBus();
    if (!session.isConnected()) { // a call would never end
        failed(Sight::noService);
        return;
    }
    QDBusMessage message = QDBusMessage::createMethodCall(bus, path, interface, method);
    message.setArguments(arguments);
    const QDBusPendingCall call = session.asyncCall(message, static_cast<int>(deadline.count()));
    auto* watcher = new QDBusPendingCallWatcher(call);
    const auto finished = [answered, failed](QDBusPendingCallWatcher* done) {
        const Reply reply = *done;
        if (reply.isError()) {
            failed(sightOf(reply.error()));
        } else {
            answered(reply);
        }
        done->deleteLater();
    };
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, watcher, finished);
}

} // namespace

void lookForItem(const QString& server, const QString& user, std::chrono::milliseconds deadline, const Tell& tell) {
    qDBusRegisterMetaType<Attributes>();
    const Attributes attributes{{QStringLiteral("server"), server}, {QStringLiteral("user"), user}};
    ask<QDBusPendingReply<Paths, Paths>>(
        root, service, QStringLiteral("SearchItems"), {QVariant::fromValue(attributes)}, deadline,
        [tell](const QDBusPendingReply<Paths, Paths>& reply) {
            const bool unlocked = !reply.argumentAt<0>().isEmpty();
            const bool locked = !reply.argumentAt<1>().isEmpty();
            tell(unlocked ? Sight::unlocked : locked ? Sight::locked : Sight::absent);
        },
        tell);
}

void lookForDefaultCollection(std::chrono::milliseconds deadline, const Tell& tell) {
    const auto askWhetherLocked = [deadline, tell](const QDBusPendingReply<QDBusObjectPath>& reply) {
        const QString path = reply.value().path();
        if (path == QStringLiteral("/")) {
            tell(Sight::absent);
            return;
        }
        ask<QDBusPendingReply<QDBusVariant>>(
            path, QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"),
            {collection, QStringLiteral("Locked")}, deadline,
            [tell](const QDBusPendingReply<QDBusVariant>& locked) {
                tell(locked.value().variant().toBool() ? Sight::locked : Sight::unlocked);
            },
            tell);
    };
    ask<QDBusPendingReply<QDBusObjectPath>>(root, service, QStringLiteral("ReadAlias"), {QStringLiteral("default")},
                                            deadline, askWhetherLocked, tell);
}

bool hasRival() {
    const QDBusConnectionInterface* names = QDBusConnection::sessionBus().interface();
    return names != nullptr && (names->isServiceRegistered(QStringLiteral("org.kde.kwalletd5")) ||
                                names->isServiceRegistered(QStringLiteral("org.kde.kwalletd6")));
}

#else

void lookForItem(const QString& /*server*/, const QString& /*user*/, std::chrono::milliseconds /*deadline*/,
                 const Tell& tell) {
    tell(Sight::absent);
}

void lookForDefaultCollection(std::chrono::milliseconds /*deadline*/, const Tell& tell) {
    tell(Sight::unlocked);
}

bool hasRival() {
    return true;
}

#endif

} // namespace sealwright::secretservice
