#include "cli/commands.h"
#include "cli/output.h"
#include "cli/recordlisting.h"

#include <memory>

namespace sealwright::cli {
namespace {

struct Arguments {
    std::string domain;
    std::string format = "zone";
};

Outcome listRecords(const Context& context, const Arguments& arguments) {
    auto stored = loadProfile(context, arguments.domain);
    if (!stored) {
        return tl::unexpected(stored.error());
    }
    const auto planned = planRecords(context, stored->profile);
    if (!planned) {
        return tl::unexpected(planned.error());
    }
    if (context.json || arguments.format == "json") {
        print(QJsonObject{{QStringLiteral("domain"), QString::fromStdString(stored->profile.domain.toString())},
                          {QStringLiteral("records"), toJson(planned->compared)}});
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
    command->add_option("--format", arguments->format, "zone, fields (for a DNS provider's form) or json")
        ->check(CLI::IsMember({"zone", "fields", "json"}))
        ->capture_default_str();
    addAction(*command, arguments, listRecords, action);
}

} // namespace sealwright::cli
