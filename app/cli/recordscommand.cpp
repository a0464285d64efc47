#include "cli/commands.h"
#include "cli/output.h"
#include "cli/recordlisting.h"
#include "dns/resolveroptions.h"
#include "plan/nsupdate.h"
#include "text/problemtext.h"

#include <QCoreApplication>

#include <memory>

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::Records)
};

struct Arguments {
    std::string domain;
    std::string format = "zone";
    std::string server;
};

// As nsupdate takes it: what is typed becomes a line of its script.
Result<std::string> updateServer(const std::string& typed) {
    if (typed.empty()) {
        return std::string();
    }
    if (const auto server = parseServer(typed)) {
        return server->address.toString() + ' ' + std::to_string(server->port);
    }
    const auto host = DomainName::parse(typed);
    if (!host) {
        return badInput(problemText(host.error()));
    }
    return host->toString();
}

void printUpdates(const Planned& planned, const std::string& server) {
    const NsupdateScript script = nsupdateScript(planned.compared, planned.published, server);
    if (!script.text.empty()) {
        print(text(script.text).trimmed());
    }
    for (const PlannedRecord& record : script.leftOut) {
        say(Words::tr("%1 is left out: the DNS did not tell what stands there.")
                .arg(shown(record.record.name.toString())));
    }
}

Outcome listRecords(const Context& context, const Arguments& arguments) {
    auto stored = loadProfile(context, arguments.domain);
    if (!stored) {
        return tl::unexpected(stored.error());
    }
    const auto server = updateServer(arguments.server);
    if (!server) {
        return tl::unexpected(server.error());
    }
    const auto planned = planRecords(context, stored->profile);
    if (!planned) {
        return tl::unexpected(planned.error());
    }
    if (context.json || arguments.format == "json") {
        print(QJsonObject{{QStringLiteral("domain"), QString::fromStdString(stored->profile.domain.toString())},
                          {QStringLiteral("records"), toJson(planned->compared)}});
    } else if (arguments.format == "nsupdate") {
        printUpdates(*planned, *server);
    } else {
        print(arguments.format == "fields" ? fieldListing(planned->compared) : zoneListing(planned->compared));
    }
    sayNotes(planned->plan);
    return seenByDns(*planned);
}

} // namespace

void addRecordsCommand(CLI::App& app, Action& action) {
    auto* command = app.add_subcommand("records", "The DNS records of a domain, beside what is published");
    const auto arguments = std::make_shared<Arguments>();
    command->add_option("DOMAIN", arguments->domain)->required();
    command
        ->add_option("--format", arguments->format,
                     "zone, fields (for a DNS provider's form), nsupdate (for BIND's tool) or json")
        ->type_name("FORMAT")
        ->check(CLI::IsMember({"zone", "fields", "nsupdate", "json"}))
        ->capture_default_str();
    command->add_option("--server", arguments->server, "With nsupdate: the name server to update, HOST or ADDR[@PORT]")
        ->type_name("SERVER");
    addAction(*command, arguments, listRecords, action);
}

} // namespace sealwright::cli
