#include "cli/commands.h"
#include "cli/output.h"
#include "dmarc/discover.h"
#include "text/dnstext.h"
#include "text/problemtext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::Dmarc)
};

struct Arguments {
    std::string domain;
};

QJsonObject toJson(const dmarc::Discovery& found) {
    QJsonArray queries;
    for (const DomainName& name : found.queries) {
        queries += text(name.toString());
    }
    const bool applies = found.policyDomain.has_value();
    return {{QStringLiteral("domain"), text(found.domain.toString())},
            {QStringLiteral("policyDomain"), applies ? QJsonValue(text(found.policyDomain->toString())) : QJsonValue()},
            {QStringLiteral("organizationalDomain"), text(found.organizationalDomain.toString())},
            {QStringLiteral("record"), applies ? QJsonValue(shown(found.text)) : QJsonValue()},
            {QStringLiteral("policy"), applies ? QJsonValue(text(toString(found.policy))) : QJsonValue()},
            {QStringLiteral("queries"), queries}};
}

QString listing(const dmarc::Discovery& found) {
    const QString domain = text(found.domain.toUnicode());
    QStringList lines;
    if (found.policyDomain) {
        lines << Words::tr("%1: policy %2, from the record of %3")
                     .arg(domain, text(toString(found.policy)), text(found.policyDomain->toUnicode()))
              << QStringLiteral("  ") + shown(found.text);
    } else {
        lines << Words::tr("%1: no DMARC record counts for it. Publish one at %2.")
                     .arg(domain, QStringLiteral("_dmarc.") + text(found.domain.toString()));
    }
    for (const DomainName& name : found.duplicates) {
        lines << QStringLiteral("  ") + Words::tr("%1 has more than one DMARC record, so none of them counts.")
                                            .arg(text(name.toUnicode()));
    }
    if (found.record && found.record->t == true) {
        lines << QStringLiteral("  ") +
                     Words::tr(
                         "t=y: receivers that follow RFC 9989 apply one level less; older ones apply it in full.");
    }
    lines << QStringLiteral("  ") + Words::tr("The organization: %1").arg(text(found.organizationalDomain.toUnicode()))
          << QStringLiteral("  ") + Words::tr("Asked for, in this order:");
    for (const DomainName& name : found.queries) {
        lines << QStringLiteral("    ") + text(name.toString());
    }
    return lines.join(u'\n');
}

Outcome discover(const Context& context, const Arguments& arguments) {
    const auto domain = DomainName::parse(arguments.domain);
    if (!domain) {
        return badInput(problemText(domain.error()));
    }
    const auto resolver = context.resolver();
    if (!resolver) {
        return tl::unexpected(resolver.error());
    }
    const dmarc::Discovery found = dmarc::discover(*domain, **resolver, context.stop);
    if (context.stop.stop_requested()) {
        return notFoundOut(Words::tr("Stopped."));
    }
    if (found.unanswered) {
        return notFoundOut(unansweredText(*found.unanswered));
    }
    if (context.json) {
        print(QJsonValue(toJson(found)));
    } else {
        print(listing(found));
    }
    return found.policyDomain ? ExitStatus::ok : ExitStatus::wrong;
}

} // namespace

void addDmarcCommand(CLI::App& app, Action& action) {
    auto* command = app.add_subcommand("dmarc", "DMARC as receivers see it");
    command->require_subcommand(1);
    auto* discovery = command->add_subcommand("discover", "Which DMARC record counts for this domain?");
    const auto arguments = std::make_shared<Arguments>();
    discovery->add_option("DOMAIN", arguments->domain)->required();
    addAction(*discovery, arguments, discover, action);
}

} // namespace sealwright::cli
