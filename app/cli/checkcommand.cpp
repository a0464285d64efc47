#include "checks/checkrunner.h"
#include "cli/checkresults.h"
#include "cli/commands.h"
#include "cli/globaloptions.h"
#include "cli/inputfile.h"
#include "cli/output.h"
#include "cli/profiles.h"
#include "text/problemtext.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::Check)
};

struct Arguments {
    std::vector<std::string> domains;
    std::string list;
    std::string results;
    std::vector<std::string> only;
    std::vector<std::string> alsoAsk;
    unsigned jobs = 4;
};

/// What is to be checked, and what of the list is no domain.
struct Wanted {
    std::vector<DomainName> domains;
    std::vector<QString> unusable;
};

// One name a line; what stands behind # is for people. One wrong line is no reason to check nothing.
Result<void> readList(const std::string& path, Wanted& wanted) {
    std::ifstream file;
    const auto input = openInput(path, file);
    if (!input) {
        return tl::unexpected(input.error());
    }
    int number = 0;
    for (std::string line; std::getline(**input, line);) {
        ++number;
        const QString name = QString::fromStdString(line.substr(0, line.find('#'))).trimmed();
        if (name.isEmpty()) {
            continue;
        }
        const auto domain = DomainName::parse(name.toStdString());
        if (!domain) {
            wanted.unusable.push_back(
                Words::tr("%1, line %2: %3").arg(shown(path)).arg(number).arg(problemText(domain.error())));
            continue;
        }
        wanted.domains.push_back(*domain);
    }
    return {};
}

void keepEachOnce(std::vector<DomainName>& domains) {
    std::set<DomainName> seen;
    std::erase_if(domains, [&seen](const DomainName& domain) { return !seen.insert(domain).second; });
}

Result<Wanted> domainsOf(const Arguments& arguments) {
    Wanted wanted;
    for (const std::string& name : arguments.domains) {
        auto domain = parseDomain(name);
        if (!domain) {
            return tl::unexpected(domain.error());
        }
        wanted.domains.push_back(std::move(*domain));
    }
    if (!arguments.list.empty()) {
        if (auto read = readList(arguments.list, wanted); !read) {
            return tl::unexpected(read.error());
        }
    }
    keepEachOnce(wanted.domains);
    if (wanted.domains.empty() && !wanted.unusable.empty()) {
        return badInput(wanted.unusable.front());
    }
    if (wanted.domains.empty()) { // CLI11 takes "{}" for an empty list.
        return badInput(Words::tr("Name a domain, such as example.org."));
    }
    return wanted;
}

std::vector<Area> areasOf(const std::vector<std::string>& names) {
    std::vector<Area> areas;
    std::ranges::transform(names, std::back_inserter(areas), [](const std::string& name) {
        return *areaFromString(name); // CLI11 has checked it.
    });
    return areas.empty() ? std::vector<Area>(std::begin(allAreas), std::end(allAreas)) : areas;
}

void tellOfUnknownDomains(const Context& context, const std::vector<DomainName>& domains) {
    constexpr std::size_t mostTold = 10;
    if (domains.size() >= mostTold) {
        return;
    }
    for (const DomainName& domain : domains) {
        const auto stored = context.store.load(domain);
        if (!stored && stored.error().code == ProfileError::absent) {
            say(Words::tr("%1 is not set up here, so only what anybody can see is checked.")
                    .arg(text(domain.toUnicode())));
        }
    }
}

struct Asked {
    Resolver& resolver;
    Network& network;
    std::vector<Area> areas;
    std::vector<NameServer> alsoAsk;
};

void checkDomain(const Context& context, const Asked& asked, const DomainName& domain, CheckResults& results) {
    const auto stored = loadOrBeginProfile(context, domain.toString());
    if (!stored) {
        results.fail(stored.error().message);
        return;
    }
    QElapsedTimer timer;
    timer.start();
    Checked checked{domain, {}, 0};
    runChecks(
        {stored->profile, asked.resolver, asked.network, asked.areas, asked.alsoAsk},
        [&checked](Finding finding) { checked.findings.push_back(std::move(finding)); }, context.stop);
    if (std::ranges::any_of(checked.findings, isSlip, &Finding::code)) {
        checked.provider = providerAt(domain, asked.resolver, context.stop);
    }
    checked.elapsedMs = timer.elapsed();
    if (!context.stop.stop_requested()) {
        results.add(std::move(checked));
    }
}

void checkAll(const Context& context, const Asked& asked, const std::vector<DomainName>& domains, unsigned jobs,
              CheckResults& results) {
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t i = next++; i < domains.size() && !context.stop.stop_requested(); i = next++) {
            results.has(domains[i]) ? results.skip() : checkDomain(context, asked, domains[i], results);
        }
    };
    std::vector<std::jthread> workers;
    for (unsigned i = 0; i < std::min<std::size_t>(jobs, domains.size()); ++i) {
        workers.emplace_back(work);
    }
}

Outcome check(const Context& context, const Arguments& arguments) {
    const auto wanted = domainsOf(arguments);
    if (!wanted) {
        return tl::unexpected(wanted.error());
    }
    auto alsoAsk = parseResolvers(arguments.alsoAsk);
    if (!alsoAsk) {
        return tl::unexpected(alsoAsk.error());
    }
    const std::vector<DomainName>& domains = wanted->domains;
    if (const auto stored = loadOrBeginProfile(context, domains.front().toString()); !stored && domains.size() == 1) {
        return tl::unexpected(stored.error());
    }
    tellOfUnknownDomains(context, domains);
    const std::size_t all = domains.size() + wanted->unusable.size();
    CheckResults results(context, {all, all > 1 || !arguments.list.empty(), arguments.only});
    if (!arguments.results.empty()) {
        if (auto ready = results.appendTo(arguments.results); !ready) {
            return tl::unexpected(ready.error());
        }
    }
    std::ranges::for_each(wanted->unusable, [&results](const QString& why) { results.fail(why); });
    const auto resolver = context.resolver();
    if (!resolver) {
        return tl::unexpected(resolver.error());
    }
    const auto network = context.network();
    if (!network) {
        return tl::unexpected(network.error());
    }
    checkAll(context, {**resolver, **network, areasOf(arguments.only), std::move(*alsoAsk)}, domains, arguments.jobs,
             results);
    return context.stop.stop_requested() ? notFoundOut(Words::tr("Stopped.")) : results.end();
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
    command->add_option("DOMAIN", arguments->domains);
    command->add_option("--list", arguments->list, "A file of domains, one a line; - for standard input")
        ->type_name("FILE");
    command
        ->add_option("--results", arguments->results,
                     "Add a line of JSON per domain to this file, and pass over the domains it has already")
        ->type_name("FILE");
    command->add_option("--only", arguments->only, "Areas to check, separated by commas")
        ->type_name("AREA")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->check(CLI::IsMember(areaNames()));
    command
        ->add_option("--also-ask", arguments->alsoAsk, "Compare with what this resolver says too, such as a public one")
        ->type_name("ADDR[@PORT]")
        ->allow_extra_args(false);
    command->add_option("--jobs", arguments->jobs, "How many domains are checked at the same time")
        ->type_name("NUMBER")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
    command->callback(
        [arguments, &action] { action = [arguments](const Context& context) { return check(context, *arguments); }; });
}

} // namespace sealwright::cli
