#include "cli/recordlisting.h"

#include "cli/output.h"
#include "text/findingtext.h"
#include "text/problemtext.h"
#include "zone/providerfields.h"
#include "zone/zonefile.h"

#include <QCoreApplication>

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::RecordListing)
};

QString heading(const ComparedRecord& record) {
    return QStringLiteral("%1: %2").arg(purposeTitle(record.planned.purpose), stateTitle(record.state));
}

} // namespace

QString zoneListing(const std::vector<ComparedRecord>& records) {
    QString listing;
    for (const ComparedRecord& record : records) {
        const PlannedRecord& planned = record.planned;
        listing += QStringLiteral("; %1\n").arg(heading(record));
        if (record.state == RecordState::differs) {
            for (const ResourceRecord& seen : record.published) {
                listing += QStringLiteral(";   %1\n").arg(Words::tr("published now: %1").arg(shown(seen.value)));
            }
        }
        const bool elsewhere = planned.zone != records.front().planned.zone; // The first one is the domain's own.
        if (elsewhere) {
            listing += QStringLiteral(";   %1\n; ")
                           .arg(Words::tr("this one goes into another zone, %1:").arg(text(planned.zone.toString())));
        }
        listing += text(zoneText({&planned.record, 1}, planned.zone, ZoneNames::absolute));
    }
    return listing.trimmed();
}

QString fieldListing(const std::vector<ComparedRecord>& records) {
    QString listing;
    for (const ComparedRecord& record : records) {
        const ProviderFields fields = providerFields(record.planned.record, record.planned.zone);
        const auto line = [&listing](const QString& name, const QString& value) {
            listing += QStringLiteral("  %1%2\n").arg(name, -10).arg(value);
        };
        listing += heading(record) + QLatin1Char('\n');
        line(Words::tr("Zone"), text(record.planned.zone.toString()));
        line(Words::tr("Name"), text(fields.host));
        line(Words::tr("Type"), text(fields.type));
        if (!fields.priority.empty()) {
            line(Words::tr("Priority"), text(fields.priority));
        }
        line(Words::tr("Value"), text(fields.value));
        line(Words::tr("TTL"), QString::number(fields.ttl));
        listing += QLatin1Char('\n');
    }
    return listing.trimmed();
}

void sayNotes(const RecordPlan& plan) {
    for (const PlanNote& note : plan.notes) {
        say(Words::tr("Note: %1").arg(noteText(note)));
    }
}

} // namespace sealwright::cli
