#include "checks/publication.h"
#include "cli/commands.h"
#include "cli/globaloptions.h"
#include "cli/output.h"
#include "cli/profiles.h"
#include "text/publicationtext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonDocument>

#include <algorithm>
#include <map>
#include <memory>

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::Watch)
};

struct Arguments {
    std::string domain;
    std::string until = "published";
    int atMost = 0; ///< Seconds; 0: no end.
    int interval = 10;
    std::vector<std::string> alsoAsk;
};

QString isoTime(std::chrono::sys_seconds time) {
    return QDateTime::fromSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC).toString(Qt::ISODate);
}

void printLine(const QJsonObject& event) {
    print(QString::fromUtf8(QJsonDocument(event).toJson(QJsonDocument::Compact)));
}

/// Tells what has changed, as lines for people or as one JSON object per line.
class Telling {
public:
    explicit Telling(const Context& context) : context_(context) {}

    void tell(const Publication& publication);
    void end(const Publication& publication, WatchEnd end) const;

private:
    void tellTrouble(const QString& trouble);
    void tellChange(const RecordPublication& record, const PublicationChange& change) const;
    void tellExpectation(const RecordPublication& record);
    [[nodiscard]] QJsonObject event(const char* name, const RecordPublication& record) const;

    const Context& context_;
    QString trouble_;
    std::map<Question, std::chrono::sys_seconds> expected_; ///< What was told last.
};

QJsonObject Telling::event(const char* name, const RecordPublication& record) const {
    const ResourceRecord& wanted = record.planned.record;
    return {{QStringLiteral("event"), QString::fromLatin1(name)},
            {QStringLiteral("time"), isoTime(context_.clock.now())},
            {QStringLiteral("name"), text(wanted.name.toString())},
            {QStringLiteral("type"), text(toString(wanted.type))}};
}

void Telling::tell(const Publication& publication) {
    tellTrouble(troubleText(publication));
    for (const PublicationChange& change : publication.changes()) {
        tellChange(publication.records()[change.record], change);
    }
    for (const RecordPublication& record : publication.records()) {
        tellExpectation(record);
    }
}

void Telling::tellTrouble(const QString& trouble) {
    if (trouble != trouble_) {
        say(trouble.isEmpty() ? Words::tr("The DNS answers again.") : trouble);
    }
    trouble_ = trouble;
}

void Telling::tellChange(const RecordPublication& record, const PublicationChange& change) const {
    if (!context_.json) {
        print(changeText(record, change));
        return;
    }
    QJsonObject object = event("changed", record);
    if (change.server) {
        const ServerSight& server = record.servers[*change.server];
        object[QStringLiteral("server")] = text(server.host.toString());
        object[QStringLiteral("address")] = text(server.address.toString());
    }
    const Sight sight = change.server ? record.servers[*change.server].sight : record.world;
    object[QStringLiteral("state")] = text(toString(sight));
    printLine(object);
}

void Telling::tellExpectation(const RecordPublication& record) {
    const Question question{record.planned.record.name, record.planned.record.type};
    const auto told = expected_.find(question);
    constexpr auto tolerance = std::chrono::seconds(5); // TTLs are whole seconds, and are read at different moments.
    if (!record.expectedBy || (told != expected_.end() && abs(told->second - *record.expectedBy) < tolerance)) {
        return;
    }
    expected_.insert_or_assign(question, *record.expectedBy);
    if (context_.json) {
        QJsonObject object = event("expected", record);
        object[QStringLiteral("by")] = isoTime(*record.expectedBy);
        printLine(object);
    } else {
        print(QStringLiteral("%1 %2, %3.")
                  .arg(text(question.name.toString()), text(toString(question.type)), worldText(record)));
    }
}

void Telling::end(const Publication& publication, WatchEnd end) const {
    const bool published = end == WatchEnd::published;
    if (context_.json) {
        printLine({{QStringLiteral("event"), QStringLiteral("end")},
                   {QStringLiteral("time"), isoTime(context_.clock.now())},
                   {QStringLiteral("published"), published}});
        return;
    }
    if (published) {
        print(Words::tr("All records are published."));
    }
    for (const RecordPublication& record : publication.records()) {
        if (!record.isPublished()) {
            print(QStringLiteral("%1 %2: %3, %4.")
                      .arg(text(record.planned.record.name.toString()), text(toString(record.planned.record.type)),
                           serversText(record), worldText(record)));
        }
    }
}

/// Where nothing is known of a record, nobody can say that it is missing.
ExitStatus statusOf(const Publication& publication) {
    const auto isUnknown = [](const RecordPublication& record) {
        return record.isAtServers() && record.world == Sight::silent;
    };
    const auto& records = publication.records();
    return std::ranges::all_of(
               records, [&](const RecordPublication& record) { return record.isPublished() || isUnknown(record); })
               ? ExitStatus::unknown
               : ExitStatus::wrong;
}

Outcome watch(const Context& context, const Arguments& arguments) {
    auto stored = loadProfile(context, arguments.domain);
    if (!stored) {
        return tl::unexpected(stored.error());
    }
    auto alsoAsk = parseResolvers(arguments.alsoAsk);
    if (!alsoAsk) {
        return tl::unexpected(alsoAsk.error());
    }
    const auto resolver = context.resolver();
    if (!resolver) {
        return tl::unexpected(resolver.error());
    }
    if (!(*resolver)->reachesNameServers()) {
        return badInput(
            Words::tr("watch asks the name servers on the Internet again and again. With --offline or --zone "
                      "there is nothing to wait for; use check."));
    }
    const auto planner = [&](const std::stop_token&) {
        auto planned = planRecords(context, stored->profile);
        return planned ? planned->plan : RecordPlan{{}, {}, {}, false};
    };
    Publication publication(planner, **resolver, context.clock, std::move(*alsoAsk));
    WatchTimes times{std::chrono::seconds(arguments.interval), std::chrono::seconds(6 * arguments.interval)};
    if (arguments.atMost > 0) {
        times.atMost = std::chrono::seconds(arguments.atMost);
    }
    Telling telling(context);
    const WatchEnd end = watchPublication(
        publication, context.clock, times, [&telling](const Publication& now) { telling.tell(now); }, context.stop);
    if (end != WatchEnd::stopped || context.json) {
        telling.end(publication, end);
    }
    if (end == WatchEnd::stopped) {
        return notFoundOut(Words::tr("Stopped."));
    }
    return end == WatchEnd::published ? ExitStatus::ok : statusOf(publication);
}

} // namespace

void addWatchCommand(CLI::App& app, Action& action) {
    constexpr int longest = 30 * 24 * 3600;
    auto* command =
        app.add_subcommand("watch", "Wait until the records of a domain are published, and tell how far they are");
    const auto arguments = std::make_shared<Arguments>();
    command->add_option("DOMAIN", arguments->domain)->required();
    command->add_option("--until", arguments->until, "What is waited for")
        ->type_name("STATE")
        ->check(CLI::IsMember({"published"}))
        ->capture_default_str();
    command->add_option("--also-ask", arguments->alsoAsk, "Until this resolver has them too, such as a public one")
        ->type_name("ADDR[@PORT]")
        ->allow_extra_args(false);
    command->add_option("--for", arguments->atMost, "Seconds to wait at most; without it there is no end")
        ->type_name("SECONDS")
        ->check(CLI::Range(1, longest));
    command->add_option("--interval", arguments->interval, "Seconds between two looks at first; they grow to six times")
        ->type_name("SECONDS")
        ->check(CLI::Range(1, 3600))
        ->capture_default_str();
    addAction(*command, arguments, watch, action);
}

} // namespace sealwright::cli
