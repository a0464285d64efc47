#include "cli/commands.h"
#include "cli/output.h"
#include "cli/recordlisting.h"

#include <QCoreApplication>

#include <algorithm>
#include <memory>

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::Records)
};

struct Arguments {
    std::string domain;
    std::string format = "zone";
};

Outcome listRecords(const Context& context, const Arguments& arguments) {
    const auto domain = parseDomain(arguments.domain);
    if (!domain) {
        return tl::unexpected(domain.error());
    }
    auto stored = loadProfile(context, *domain);
    if (!stored) {
        return tl::unexpected(stored.error());
    }
    const auto planned = planRecords(context, stored->profile);
    if (!planned) {
        return tl::unexpected(planned.error());
    }
    if (context.json || arguments.format == "json") {
        print(QJsonObject{{QStringLiteral("domain"), QString::fromStdString(domain->toString())},
                          {QStringLiteral("records"), toJson(planned->compared)}});
    } else {
        print(arguments.format == "fields" ? fieldListing(planned->compared) : zoneListing(planned->compared));
    }
    sayNotes(planned->plan);
    const auto unknown = std::ranges::count(planned->compared, RecordState::unknown, &ComparedRecord::state);
    if (unknown > 0) {
        return notFoundOut(
            Words::tr("The DNS did not tell about %n of these records, so an existing one could not be seen.", nullptr,
                      static_cast<int>(unknown)));
    }
    return ExitStatus::ok;
}

} // namespace

void addRecordsCommand(CLI::App& app, Action& action) {
    auto* command = app.add_subcommand("records", "The DNS records of a domain, beside what is published");
    const auto arguments = std::make_shared<Arguments>();
    command->add_option("DOMAIN", arguments->domain)->required();
    command->add_option("--format", arguments->format, "zone, fields (for a DNS provider's form) or json")
        ->check(CLI::IsMember({"zone", "fields", "json"}))
        ->capture_default_str();
    command->callback([arguments, &action] {
        action = [arguments](const Context& context) { return listRecords(context, *arguments); };
    });
}

} // namespace sealwright::cli
