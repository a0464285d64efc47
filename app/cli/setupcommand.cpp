#include "cli/bundling.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/profilearguments.h"
#include "cli/recordlisting.h"
#include "cli/signingkeys.h"

#include <QCoreApplication>

#include <memory>

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::Setup)
};

struct Arguments {
    std::string domain;
    ProfileOptions profile;
    std::vector<std::string> algorithms;
    std::string selector;
    std::string out;
};

void tell(const Context& context, const Profile& profile, const Planned& planned, const QString& bundle) {
    if (context.json) {
        print(QJsonObject{{QStringLiteral("domain"), QString::fromStdString(profile.domain.toString())},
                          {QStringLiteral("profile"), toJson(profile)},
                          {QStringLiteral("records"), toJson(planned.compared)},
                          {QStringLiteral("bundle"), bundle}});
        return;
    }
    print(zoneListing(planned.compared));
    say({});
    say(Words::tr("The records above go into the DNS. The bundle for your server is %1: copy it there, and as root run "
                  "install.sh check, then install.sh install.")
            .arg(bundle));
    say(Words::tr("When the records are published: sealwright-cli check %1")
            .arg(QString::fromStdString(profile.domain.toString())));
}

Outcome setUp(const Context& context, const Arguments& arguments) {
    auto stored = loadOrBeginProfile(context, arguments.domain);
    if (!stored) {
        return tl::unexpected(stored.error());
    }
    Profile& profile = stored->profile;
    if (profile.role == DomainRole::neverSends) {
        return badInput(Words::tr("%1 was added as a domain that never sends. To let it send, remove it first: "
                                  "sealwright-cli domain remove %1")
                            .arg(QString::fromStdString(profile.domain.toString())));
    }
    if (const auto applied = apply(context, arguments.profile, profile); !applied) {
        return tl::unexpected(applied.error());
    }
    if (!arguments.selector.empty()) {
        if (const auto selector = parseSelector(arguments.selector); !selector) {
            return tl::unexpected(selector.error());
        }
    }
    const auto keys = ensureKeys(context, *stored, algorithmsFrom(arguments.algorithms), arguments.selector);
    if (!keys) {
        return tl::unexpected(keys.error());
    }
    const auto planned = planRecords(context, profile);
    if (!planned) {
        return tl::unexpected(planned.error());
    }
    if (const auto saved = saveProfile(context, *stored); !saved) {
        return tl::unexpected(saved.error());
    }
    const auto bundle =
        writeBundle(context, {*profile.stack, profile.inbound}, {{profile, planned->plan}}, arguments.out);
    if (!bundle) {
        return tl::unexpected(bundle.error());
    }
    tell(context, profile, *planned, *bundle);
    sayNotes(planned->plan);
    return seenByDns(*planned);
}

} // namespace

void addSetupCommand(CLI::App& app, Action& action) {
    auto* command =
        app.add_subcommand("setup", "All of it for one domain: keys, records and the bundle for the server");
    const auto arguments = std::make_shared<Arguments>();
    command->add_option("DOMAIN", arguments->domain)->required();
    addStackOption(*command, arguments->profile.stack)->required();
    addInboundOption(*command, arguments->profile.inbound);
    addProfileOptions(*command, arguments->profile);
    addKeyOptions(*command, arguments->algorithms, arguments->selector);
    command->add_option("--out", arguments->out, "The bundle: a folder, or a .tar.gz or .zip file")
        ->type_name("FILE")
        ->required();
    command->callback(
        [arguments, &action] { action = [arguments](const Context& context) { return setUp(context, *arguments); }; });
}

} // namespace sealwright::cli
