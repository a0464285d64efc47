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
    std::string inbound;
    std::string out;
};

struct Prepared {
    BundleDomain domain;
    Outcome seen; ///< Whether the DNS told what is published.
};

Result<Prepared> prepare(const Context& context, const std::string& name) {
    auto stored = loadProfile(context, name);
    if (!stored) {
        return tl::unexpected(stored.error());
    }
    auto planned = planRecords(context, stored->profile);
    if (!planned) {
        return tl::unexpected(planned.error());
    }
    sayNotes(planned->plan);
    Outcome seen = seenByDns(*planned);
    return Prepared{{std::move(stored->profile), std::move(planned->plan)}, std::move(seen)};
}

/// A server treats all that comes in alike, so that one of its domains is enough to ask for it.
Inbound inboundOf(const Arguments& arguments, const std::vector<BundleDomain>& domains) {
    const bool wanted = std::ranges::any_of(
        domains, [](const BundleDomain& domain) { return domain.profile.inbound == Inbound::results; });
    return inboundFromString(arguments.inbound).value_or(wanted ? Inbound::results : Inbound::unchanged);
}

Outcome exportBundle(const Context& context, const Arguments& arguments) {
    std::vector<BundleDomain> domains;
    QJsonArray names;
    Outcome seen = ExitStatus::ok;
    for (const std::string& name : arguments.domains) {
        auto prepared = prepare(context, name);
        if (!prepared) {
            return tl::unexpected(prepared.error());
        }
        BundleDomain& domain = prepared->domain;
        if (!prepared->seen) {
            seen = prepared->seen;
        }
        const bool twice = std::ranges::any_of(
            domains, [&](const BundleDomain& other) { return other.profile.domain == domain.profile.domain; });
        if (!twice) {
            names += QString::fromStdString(domain.profile.domain.toString());
            domains.push_back(std::move(domain));
        }
    }
    const ServerSetup setup(*stackFromString(arguments.stack), inboundOf(arguments, domains));
    const auto bundle = writeBundle(context, setup, domains, arguments.out);
    if (!bundle) {
        return tl::unexpected(bundle.error());
    }
    if (context.json) {
        print(QJsonObject{{QStringLiteral("bundle"), *bundle},
                          {QStringLiteral("stack"), QString::fromStdString(arguments.stack)},
                          {QStringLiteral("inbound"), QString::fromUtf8(toString(setup.inbound))},
                          {QStringLiteral("domains"), names}});
    } else {
        print(*bundle);
    }
    return seen;
}

} // namespace

void addExportCommand(CLI::App& app, Action& action) {
    auto* command = app.add_subcommand("export", "The bundle for the server, for one domain or several");
    const auto arguments = std::make_shared<Arguments>();
    command->add_option("DOMAIN", arguments->domains)->required();
    addStackOption(*command, arguments->stack)->required();
    addInboundOption(*command, arguments->inbound);
    command->add_option("--out", arguments->out, "A folder, or a .tar.gz or .zip file")->type_name("FILE")->required();
    addAction(*command, arguments, exportBundle, action);
}

} // namespace sealwright::cli
