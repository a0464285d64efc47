#include "text/publicationtext.h"

#include "text/dnstext.h"
#include "text/problemtext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace sealwright {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::Publication)
};

/// As a clock on the wall shows it; with the day where it is not today's.
QString clockTime(std::chrono::sys_seconds time) {
    const QDateTime local = QDateTime::fromSecsSinceEpoch(time.time_since_epoch().count()).toLocalTime();
    const QString hour = QLocale().toString(local.time(), QStringLiteral("HH:mm"));
    return local.date() == QDate::currentDate() ? hour
                                                : QLocale().toString(local.date(), QLocale::ShortFormat) + u' ' + hour;
}

} // namespace

QString serversText(const RecordPublication& record) {
    const auto count = [&record](Sight sight) {
        return std::ranges::count(record.servers, sight, &ServerSight::sight);
    };
    if (count(Sight::silent) == std::ssize(record.servers)) { // or none is known
        return Words::tr("the name servers can't be asked from here");
    }
    QString text = Words::tr("at the name servers: %1 of %2").arg(count(Sight::present)).arg(record.servers.size());
    if (count(Sight::differs) > 0) {
        text += Words::tr(", something else at %1").arg(count(Sight::differs));
    }
    if (count(Sight::silent) > 0) {
        text += Words::tr(", %1 did not answer").arg(count(Sight::silent));
    }
    return text;
}

QString worldText(const RecordPublication& record) {
    if (record.isAtServers() && record.world == Sight::present) {
        return Words::tr("in the world: there");
    }
    if (!record.isAtServers()) {
        return Words::tr("in the world: once the name servers have it");
    }
    if (record.world == Sight::silent) {
        return Words::tr("in the world: not known yet");
    }
    const QString text = Words::tr("in the world: not yet");
    return record.expectedBy
               ? text + Words::tr("; caches forget the old answer by %1").arg(clockTime(*record.expectedBy))
               : text;
}

QString changeText(const RecordPublication& record, const PublicationChange& change) {
    const ResourceRecord& wanted = record.planned.record;
    const auto who = [&] {
        if (!change.server) {
            return Words::tr("in the world");
        }
        const ServerSight& server = record.servers[*change.server];
        return Words::tr("at %1 (%2)").arg(shown(server.host.toString()), shown(server.address.toString()));
    };
    const auto what = [](Sight sight) {
        switch (sight) {
        case Sight::present:
            return Words::tr("%1 is there now %2.");
        case Sight::differs:
            return Words::tr("%1: something else is there %2.");
        case Sight::missing:
            return Words::tr("%1 is not there yet %2.");
        case Sight::silent:
            break;
        }
        return Words::tr("%1: no answer %2.");
    };
    const QString name = shown(wanted.name.toString()) + u' ' + shown(toString(wanted.type));
    return what(change.server ? record.servers[*change.server].sight : record.world).arg(name, who());
}

QString troubleText(const Publication& publication) {
    if (const auto& failure = publication.failure()) {
        return Words::tr("%1 Until that is put right nobody sees any record of the domain; waiting goes on.")
            .arg(unansweredReason(*failure));
    }
    return publication.isOffline() ? Words::tr("No network at the moment; going on as soon as there is one.")
                                   : QString();
}

} // namespace sealwright
