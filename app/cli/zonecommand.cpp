#include "cli/commands.h"
#include "cli/output.h"
#include "cli/profiles.h"
#include "cli/recordlisting.h"
#include "files/atomicfile.h"
#include "text/problemtext.h"
#include "text/zonetext.h"
#include "zone/zoneedit.h"

#include <QCoreApplication>
#include <QFileInfo>

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

constexpr qint64 largestFile = qint64{16} << 20;

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
        for (const ComparedRecord& compared : planned->compared) {
            const ResourceRecord& record = compared.planned.record;
            if (compared.planned.zone != zone) {
                say(Words::tr("%1 belongs into the zone of %2, and is not in this file.")
                        .arg(shown(record.name.toString()), shown(compared.planned.zone.toString())));
            } else if (compared.state != RecordState::present) {
                changes.push_back({record, compared.published});
            }
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

/// A line of the file for a terminal, where a tab would be shown as an escape.
QString shownLine(const std::string& line) {
    constexpr qsizetype width = 8;
    QString columns;
    for (const QChar c : QString::fromUtf8(line.data(), static_cast<qsizetype>(line.size()))) {
        columns += c == u'\t' ? QString(width - columns.size() % width, u' ') : QString(c);
    }
    return shown(columns.toStdString());
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

/// The old file stays beside the new one, with a ~ behind its name.
Result<void> write(const QString& path, const QByteArray& old, const ZoneEdit& edit) {
    for (const auto& [name, content] :
         {std::pair(path + u'~', old), std::pair(path, QByteArray::fromStdString(edit.text))}) {
        if (const auto written = replaceFile(name, content, Readers::everybody); !written) {
            return notFoundOut(
                Words::tr("%1 can't be written: %2").arg(shown(name.toStdString()), shown(written.error().what)));
        }
    }
    return {};
}

Outcome run(const Context& context, const Arguments& arguments) {
    const QString path = QFileInfo(QString::fromStdString(arguments.file)).canonicalFilePath(); // A link stays one.
    const auto old = readFile(path, largestFile);
    if (!old) {
        return badInput(Words::tr("%1 can't be read.").arg(shown(arguments.file)));
    }
    const std::string text = old->toStdString();
    const auto origin = zoneNameOfFile(QFileInfo(path).fileName().toStdString());
    const auto refused = [&arguments](const ZoneEditProblem& problem) {
        return badInput(Words::tr("%1: %2").arg(shown(arguments.file), problemText(problem)));
    };
    const auto before = editZone(text, origin, {}, today(context));
    if (!before) {
        return refused(before.error());
    }
    const auto changes = wantedChanges(context, arguments, before->zone);
    if (!changes) {
        return tl::unexpected(changes.error());
    }
    const auto edit = editZone(text, origin, *changes, today(context));
    if (!edit) {
        return refused(edit.error());
    }
    const bool differs = edit->newSerial != edit->oldSerial;
    if (differs && arguments.write) {
        if (const auto written = write(path, *old, *edit); !written) {
            return tl::unexpected(written.error());
        }
    }
    if (context.json) {
        print(toJson(*edit, arguments.file, differs && arguments.write));
        return ExitStatus::ok;
    }
    show(*edit);
    say(!differs          ? Words::tr("The zone has all these records already; nothing is to be changed.")
        : arguments.write ? Words::tr("Written; the old file is %1~. Now let the name server load it: rndc reload %2")
                                .arg(shown(arguments.file), shown(edit->zone.toString()))
                          : Words::tr("Nothing was written yet. To write it: add --write"));
    return ExitStatus::ok;
}

} // namespace

void addZoneCommand(CLI::App& app, Action& action, std::vector<std::string>& zoneFiles) {
    auto* command = app.add_subcommand("zone", "Put the records of domains into a zone file that you keep");
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
