#include "checks/checkrunner.h"
#include "cli/commands.h"
#include "cli/findinglisting.h"
#include "cli/output.h"
#include "cli/profiles.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>
#include <tuple>

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::Check)
};

struct Arguments {
    std::vector<std::string> domains;
    std::vector<std::string> only;
    unsigned jobs = 4;
};

struct Checked {
    Profile profile;
    std::vector<Finding> findings;
    qint64 elapsedMs = 0;
};

// Findings come as they are ready; people and scripts want them in one order.
void sortFindings(std::vector<Finding>& findings) {
    std::ranges::stable_sort(findings, {},
                             [](const Finding& finding) { return std::tie(finding.area, finding.subject); });
}

Result<std::vector<Checked>> prepare(const Context& context, const std::vector<std::string>& names) {
    std::vector<Checked> all;
    if (names.empty()) { // CLI11 takes "{}" for an empty list.
        return badInput(Words::tr("Name a domain, such as example.org."));
    }
    for (const std::string& name : names) {
        auto stored = loadOrBeginProfile(context, name);
        if (!stored) {
            return tl::unexpected(stored.error());
        }
        if (!context.store.load(stored->profile.domain)) {
            say(Words::tr("%1 is not set up here, so only what anybody can see is checked.")
                    .arg(QString::fromStdString(stored->profile.domain.toUnicode())));
        }
        all.push_back({std::move(stored->profile), {}, 0});
    }
    return all;
}

void checkAll(std::vector<Checked>& all, Resolver& resolver, Network& network, const std::vector<Area>& areas,
              unsigned jobs, const std::stop_token& stop) {
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t i = next++; i < all.size() && !stop.stop_requested(); i = next++) {
            QElapsedTimer timer;
            timer.start();
            Checked& checked = all[i];
            runChecks(
                {checked.profile, resolver, network, areas},
                [&checked](Finding finding) { checked.findings.push_back(std::move(finding)); }, stop);
            checked.elapsedMs = timer.elapsed();
            sortFindings(checked.findings);
        }
    };
    std::vector<std::jthread> workers;
    for (unsigned i = 0; i < std::min<std::size_t>(jobs, all.size()); ++i) {
        workers.emplace_back(work);
    }
}

ExitStatus statusOf(const std::vector<Checked>& all) {
    bool unknown = false;
    for (const Checked& checked : all) {
        bool nothingSeen = true; // Off line and without a zone file there is nothing to judge.
        for (const Finding& finding : checked.findings) {
            const Severity severity = severityOf(finding.code);
            if (severity == Severity::error) {
                return ExitStatus::wrong;
            }
            unknown = unknown || severity == Severity::unknown;
            nothingSeen = nothingSeen && finding.seen.empty();
        }
        unknown = unknown || (nothingSeen && std::ranges::find(checked.findings, FindingCode::outsideZone,
                                                               &Finding::code) != checked.findings.end());
    }
    return unknown ? ExitStatus::unknown : ExitStatus::ok;
}

QJsonObject checkedJson(const Checked& checked) {
    return {{QStringLiteral("domain"), QString::fromStdString(checked.profile.domain.toString())},
            {QStringLiteral("findings"), toJson(checked.findings)},
            {QStringLiteral("elapsedMs"), checked.elapsedMs}};
}

Outcome check(const Context& context, const Arguments& arguments) {
    std::vector<Area> areas;
    for (const std::string& name : arguments.only) {
        areas.push_back(*areaFromString(name)); // CLI11 has checked it.
    }
    if (areas.empty()) {
        areas.assign(std::begin(allAreas), std::end(allAreas));
    }
    auto all = prepare(context, arguments.domains);
    if (!all) {
        return tl::unexpected(all.error());
    }
    const auto resolver = context.resolver();
    if (!resolver) {
        return tl::unexpected(resolver.error());
    }
    const auto network = context.network();
    if (!network) {
        return tl::unexpected(network.error());
    }
    checkAll(*all, **resolver, **network, areas, arguments.jobs, context.stop);
    if (context.stop.stop_requested()) {
        return notFoundOut(Words::tr("Stopped."));
    }
    if (context.json) {
        QJsonArray objects;
        for (const Checked& checked : *all) {
            objects += checkedJson(checked);
        }
        print(objects.size() == 1 ? objects.first() : QJsonValue(objects));
    } else {
        for (const Checked& checked : *all) {
            print(findingListing(checked.profile.domain, checked.findings, context.verbose));
        }
    }
    return statusOf(*all);
}

std::vector<std::string> areaNames() {
    std::vector<std::string> names;
    for (const Area area : allAreas) {
        names.emplace_back(toString(area));
    }
    return names;
}

} // namespace

void addCheckCommand(CLI::App& app, Action& action) {
    auto* command = app.add_subcommand("check", "Is everything published, everywhere, rightly?");
    const auto arguments = std::make_shared<Arguments>();
    command->add_option("DOMAIN", arguments->domains)->required();
    command->add_option("--only", arguments->only, "Areas to check, separated by commas")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->check(CLI::IsMember(areaNames()));
    command->add_option("--jobs", arguments->jobs, "How many domains are checked at the same time")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    command->callback(
        [arguments, &action] { action = [arguments](const Context& context) { return check(context, *arguments); }; });
}

} // namespace sealwright::cli
