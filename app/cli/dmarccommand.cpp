#include "cli/commands.h"
#include "cli/output.h"
#include "text/dmarctext.h"
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

QJsonObject outcomeJson(const dmarc::Discovery& found) {
    const bool applies = found.policyDomain.has_value();
    return {{QStringLiteral("policyDomain"), applies ? QJsonValue(text(found.policyDomain->toString())) : QJsonValue()},
            {QStringLiteral("organizationalDomain"),
             found.unanswered ? QJsonValue() : QJsonValue(text(found.organizationalDomain.toString()))},
            {QStringLiteral("policy"), applies ? QJsonValue(text(toString(found.policy))) : QJsonValue()}};
}

QJsonArray ignoredTags(const dmarc::Discovery& found) {
    QJsonArray ignored;
    for (const Tag& tag : found.record ? found.record->ignored : std::vector<Tag>()) {
        ignored += shown(tag.value.empty() ? tag.name : tag.name + "=" + tag.value);
    }
    return ignored;
}

QJsonObject toJson(const dmarc::Standards& standards) {
    const dmarc::Discovery& found = standards.current;
    QJsonArray queries;
    for (const DomainName& name : found.queries) {
        queries += text(name.toString());
    }
    QJsonArray differences;
    for (const dmarc::Difference difference : standards.differences) {
        differences += text(toString(difference));
    }
    QJsonObject object = outcomeJson(found);
    object[QStringLiteral("domain")] = text(found.domain.toString());
    object[QStringLiteral("record")] = found.policyDomain ? QJsonValue(shown(found.text)) : QJsonValue();
    object[QStringLiteral("queries")] = queries;
    QJsonArray unusable;
    for (const dmarc::UnusableRecord& record : found.unusable) {
        unusable +=
            QJsonObject{{QStringLiteral("domain"), text(record.domain.toString())},
                        {QStringLiteral("record"), shown(record.text)},
                        {QStringLiteral("problem"), dmarc::isDmarc(record.text) ? QStringLiteral("no-policy")
                                                                                : QStringLiteral("misspelt-version")}};
    }
    object[QStringLiteral("unusable")] = unusable;
    object[QStringLiteral("ignored")] = ignoredTags(found);
    object[QStringLiteral("rfc7489")] = outcomeJson(standards.legacy);
    object[QStringLiteral("differences")] = differences;
    object[QStringLiteral("recordForBoth")] =
        standards.forBoth ? QJsonValue(text(standards.forBoth->toString())) : QJsonValue();
    return object;
}

void listDifferences(const dmarc::Standards& standards, QStringList& lines) {
    for (const dmarc::Difference difference : standards.differences) {
        lines << QStringLiteral("  ") + differenceText(difference, standards);
    }
    if (standards.forBoth) {
        lines << QStringLiteral("  ") + Words::tr("This record at %1 makes both do the same:")
                                            .arg(QStringLiteral("_dmarc.") + text(standards.current.domain.toString()))
              << QStringLiteral("    ") + shown(standards.forBoth->toString());
        if (standards.forBoth->adkim == dmarc::Alignment::strict) {
            lines << QStringLiteral("  ") +
                         Words::tr("With it, only signatures and senders of exactly this domain count.");
        }
    }
}

QString listing(const dmarc::Standards& standards) {
    const dmarc::Discovery& found = standards.current;
    const QString domain = text(found.domain.toUnicode());
    QStringList lines;
    if (found.policyDomain) {
        lines << Words::tr("%1: policy %2, from the record of %3")
                     .arg(domain, text(toString(found.policy)), text(found.policyDomain->toUnicode()))
              << QStringLiteral("  ") + shown(found.text);
        for (const QJsonValue& tag : ignoredTags(found)) {
            lines << QStringLiteral("  ") +
                         Words::tr("Receivers ignore \"%1\", which means nothing as it stands.").arg(tag.toString());
        }
    } else if (!found.unusable.empty()) {
        lines << Words::tr("%1: no DMARC record counts for it.").arg(domain);
    } else {
        lines << Words::tr("%1: no DMARC record counts for it. Publish one at %2.")
                     .arg(domain, QStringLiteral("_dmarc.") + text(found.domain.toString()));
    }
    for (const dmarc::UnusableRecord& record : found.unusable) {
        lines << QStringLiteral("  ") + unusableText(record);
    }
    for (const DomainName& name : found.duplicates) {
        lines << QStringLiteral("  ") + Words::tr("%1 has more than one DMARC record, so none of them counts.")
                                            .arg(text(name.toUnicode()));
    }
    listDifferences(standards, lines);
    lines << QStringLiteral("  ") +
                 (found.unanswered
                      ? Words::tr("The organization: not found out. %1").arg(unansweredText(*found.unanswered))
                      : Words::tr("The organization: %1").arg(text(found.organizationalDomain.toUnicode())))
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
    const dmarc::Standards standards = dmarc::discoverByBoth(*domain, **resolver, context.stop);
    const dmarc::Discovery& found = standards.current;
    if (context.stop.stop_requested()) {
        return notFoundOut(Words::tr("Stopped."));
    }
    if (found.unanswered && !found.policyDomain) {
        return notFoundOut(unansweredText(*found.unanswered));
    }
    if (context.json) {
        print(QJsonValue(toJson(standards)));
    } else {
        print(listing(standards));
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
