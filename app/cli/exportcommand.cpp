#include "cli/bundling.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/profilearguments.h"
#include "cli/recordlisting.h"

#include <QCoreApplication>

#include <algorithm>
#include <memory>

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::Export)
};

struct Arguments {
    std::vector<std::string> domains;
    std::string stack;
    std::string out;
};

Result<BundleDomain> prepare(const Context& context, const std::string& name) {
    auto stored = loadProfile(context, name);
    if (!stored) {
        return tl::unexpected(stored.error());
    }
    auto planned = planRecords(context, stored->profile);
    if (!planned) {
        return tl::unexpected(planned.error());
    }
    sayNotes(planned->plan);
    return BundleDomain{std::move(stored->profile), std::move(planned->plan)};
}

Outcome exportBundle(const Context& context, const Arguments& arguments) {
    std::vector<BundleDomain> domains;
    QJsonArray names;
    for (const std::string& name : arguments.domains) {
        auto domain = prepare(context, name);
        if (!domain) {
            return tl::unexpected(domain.error());
        }
        const bool twice = std::ranges::any_of(
            domains, [&](const BundleDomain& other) { return other.profile.domain == domain->profile.domain; });
        if (!twice) {
            names += QString::fromStdString(domain->profile.domain.toString());
            domains.push_back(std::move(*domain));
        }
    }
    const auto bundle = writeBundle(context, *stackFromString(arguments.stack), domains, arguments.out);
    if (!bundle) {
        return tl::unexpected(bundle.error());
    }
    if (context.json) {
        print(QJsonObject{{QStringLiteral("bundle"), *bundle},
                          {QStringLiteral("stack"), QString::fromStdString(arguments.stack)},
                          {QStringLiteral("domains"), names}});
    } else {
        print(*bundle);
    }
    return ExitStatus::ok;
}

} // namespace

void addExportCommand(CLI::App& app, Action& action) {
    auto* command = app.add_subcommand("export", "The bundle for the server, for one domain or several");
    const auto arguments = std::make_shared<Arguments>();
    command->add_option("DOMAIN", arguments->domains)->required();
    addStackOption(*command, arguments->stack)->required();
    command->add_option("--out", arguments->out, "A folder, or a .tar.gz or .zip file")->required();
    addAction(*command, arguments, exportBundle, action);
}

} // namespace sealwright::cli
