#include "cli/commands.h"
#include "cli/output.h"
#include "cli/profiles.h"
#include "cli/recordlisting.h"
#include "plan/zonechanges.h"
#include "text/problemtext.h"
#include "text/zonetext.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::Zone)
};

struct Arguments {
    std::string file;
    std::vector<std::string> domains;
    bool write = false;
};

/// What the domains' records need of the zone; those that belong elsewhere are left out.
Result<std::vector<ZoneChange>> wantedChanges(const Context& context, const Arguments& arguments,
                                              const DomainName& zone) {
    std::vector<ZoneChange> changes;
    for (const std::string& name : arguments.domains) {
        auto stored = loadProfile(context, name);
        if (!stored) {
            return tl::unexpected(stored.error());
        }
        const auto planned = planRecords(context, stored->profile);
        if (!planned) {
            return tl::unexpected(planned.error());
        }
        ZoneChanges wanted = zoneChanges(planned->compared, zone);
        std::ranges::move(wanted.changes, std::back_inserter(changes));
        for (const PlannedRecord& record : wanted.elsewhere) {
            say(Words::tr("%1 belongs into the zone of %2, and is not in this file.")
                    .arg(shown(record.record.name.toString()), shown(record.zone.toString())));
        }
        sayNotes(planned->plan);
    }
    return changes;
}

std::chrono::year_month_day today(const Context& context) {
    return std::chrono::floor<std::chrono::days>(context.clock.now());
}

/// As a diff shows it, and as JSON names it.
struct KindWords {
    const char* sign;
    const char* name;
};

KindWords wordsOf(DiffLine::Kind kind) {
    switch (kind) {
    case DiffLine::Kind::context:
        return {"  ", "context"};
    case DiffLine::Kind::removed:
        return {"- ", "removed"};
    case DiffLine::Kind::added:
        return {"+ ", "added"};
    }
    return {"", ""};
}

QJsonObject toJson(const ZoneEdit& edit, const std::string& file, bool written) {
    QJsonArray lines;
    for (const DiffLine& line : edit.diff) {
        lines += QJsonObject{{QStringLiteral("kind"), QString::fromLatin1(wordsOf(line.kind).name)},
                             {QStringLiteral("line"), static_cast<qint64>(line.line)},
                             {QStringLiteral("text"), QString::fromStdString(line.text)}};
    }
    return {{QStringLiteral("file"), shown(file)},
            {QStringLiteral("zone"), text(edit.zone.toString())},
            {QStringLiteral("oldSerial"), static_cast<qint64>(edit.oldSerial)},
            {QStringLiteral("newSerial"), static_cast<qint64>(edit.newSerial)},
            {QStringLiteral("diff"), lines},
            {QStringLiteral("written"), written}};
}

void show(const ZoneEdit& edit) {
    std::size_t last = 0;
    for (const DiffLine& line : edit.diff) {
        if (line.kind == DiffLine::Kind::context && line.line > last + 1) {
            print(Words::tr("line %1:").arg(line.line));
        }
        print(QString::fromLatin1(wordsOf(line.kind).sign) + shownLine(line.text));
        last = line.kind == DiffLine::Kind::added ? last : line.line;
    }
}

/// Whoever made the change: it is read again by us, and by BIND where that is installed.
Result<void> verify(const Context& context, const QByteArray& old, const ZoneEdit& edit,
                    const std::optional<DomainName>& origin, const std::vector<ZoneChange>& changes) {
    if (const auto fault = faultOf(old.toStdString(), edit.text, origin, changes, context.stop)) {
        return badInput(problemText(*fault));
    }
    const QString refusal = refusalByBind(edit.zone.toString(), QByteArray::fromStdString(edit.text), context.stop);
    if (!refusal.isEmpty()) {
        return badInput(bindRefusalText(refusal));
    }
    return {};
}

void sayWhatIsNext(const ZoneEdit& edit, const Arguments& arguments) {
    const QString file = shown(arguments.file);
    say(edit.newSerial == edit.oldSerial
            ? Words::tr("The zone has all these records already; nothing is to be changed.")
        : arguments.write ? Words::tr("Written; the old file is %1~. Now let the name server load it: rndc reload %2")
                                .arg(file, shown(edit.zone.toString()))
                          : Words::tr("Nothing was written yet. To write it: add --write"));
}

Outcome run(const Context& context, const Arguments& arguments) {
    const auto refused = [&arguments](const auto& problem) {
        return badInput(Words::tr("%1: %2").arg(shown(arguments.file), problemText(problem)));
    };
    auto file = KeptZoneFile::open(QString::fromStdString(arguments.file));
    if (!file) {
        return refused(file.error());
    }
    const QByteArray old = file->content();
    const auto origin = zoneNameOfFile(QFileInfo(file->path()).fileName().toStdString());
    const auto before = editZone(old.toStdString(), origin, {}, today(context), context.stop);
    if (!before) {
        return refused(before.error());
    }
    const auto changes = wantedChanges(context, arguments, before->zone);
    if (!changes) {
        return tl::unexpected(changes.error());
    }
    const auto edit = editZone(old.toStdString(), origin, *changes, today(context), context.stop);
    if (!edit) {
        return refused(edit.error());
    }
    const bool toWrite = edit->newSerial != edit->oldSerial && arguments.write;
    if (toWrite) {
        if (const auto good = verify(context, old, *edit, origin, *changes); !good) {
            return tl::unexpected(good.error());
        }
        if (const auto saved = file->save(QByteArray::fromStdString(edit->text)); !saved) {
            return notFoundOut(Words::tr("%1: %2").arg(shown(arguments.file), problemText(saved.error())));
        }
    }
    if (context.json) {
        print(toJson(*edit, arguments.file, toWrite));
        return ExitStatus::ok;
    }
    show(*edit);
    sayWhatIsNext(*edit, arguments);
    return ExitStatus::ok;
}

} // namespace

void addZoneCommand(CLI::App& app, Action& action, std::vector<std::string>& zoneFiles) {
    auto* command = app.add_subcommand(
        "zone", "Put the records of domains into a zone file that you keep (the old one stays as FILE~)");
    const auto arguments = std::make_shared<Arguments>();
    command->add_option("FILE", arguments->file, "The zone's file, as BIND, NSD and Knot read it")->required();
    command->add_option("DOMAIN", arguments->domains)->required();
    command->add_flag("--write", arguments->write, "Write it; without this the change is only shown");
    command->callback([arguments, &zoneFiles, &action] {
        zoneFiles.push_back(arguments->file);
        action = [arguments](const Context& context) { return run(context, *arguments); };
    });
}

} // namespace sealwright::cli
