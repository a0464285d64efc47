#include "cli/commands.h"
#include "cli/output.h"
#include "text/problemtext.h"
#include "text/spftext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::Spf)
};

struct Arguments {
    std::string client;
    std::string mailFrom;
    std::string helo;
};

QString text(std::string_view octets) {
    return QString::fromUtf8(octets.data(), static_cast<qsizetype>(octets.size()));
}

QJsonObject toJson(const spf::Evaluation& evaluation) {
    QJsonArray trace;
    for (const spf::Step& step : evaluation.trace) {
        trace += QJsonObject{{QStringLiteral("depth"), step.depth},
                             {QStringLiteral("domain"), text(step.domain)},
                             {QStringLiteral("term"), text(step.term)},
                             {QStringLiteral("outcome"), text(toString(step.outcome))}};
    }
    const auto& fault = evaluation.fault;
    return {{QStringLiteral("result"), text(toString(evaluation.result))},
            {QStringLiteral("problem"), fault ? QJsonValue(text(toString(fault->code))) : QJsonValue()},
            {QStringLiteral("problemDomain"), fault ? QJsonValue(shown(fault->domain)) : QJsonValue()},
            {QStringLiteral("problemTerm"), fault ? QJsonValue(shown(fault->term)) : QJsonValue()},
            {QStringLiteral("explanation"),
             evaluation.explanation ? QJsonValue(text(*evaluation.explanation)) : QJsonValue()},
            {QStringLiteral("lookups"), evaluation.lookups},
            {QStringLiteral("voidLookups"), evaluation.voidLookups},
            {QStringLiteral("trace"), trace}};
}

QString listing(const spf::Evaluation& evaluation) {
    QString listing = Words::tr("%1: %2").arg(text(toString(evaluation.result)), resultText(evaluation.result));
    const auto add = [&listing](const QString& line) {
        listing += line.isEmpty() ? QString() : QStringLiteral("\n  ") + line;
    };
    add(matchText(evaluation));
    add(evaluation.fault ? faultText(*evaluation.fault) : QString());
    add(evaluation.explanation ? Words::tr("The domain explains: %1").arg(shown(*evaluation.explanation)) : QString());
    add(Words::tr("Look-ups: %1 of 10. Terms that name what does not exist: %2 of 2.")
            .arg(evaluation.lookups)
            .arg(evaluation.voidLookups));
    for (const spf::Step& step : evaluation.trace) {
        add(QStringLiteral("  %1%2: %3")
                .arg(QString(2 * step.depth, u' '), shown(step.term), outcomeTitle(step.outcome)));
    }
    return listing;
}

ExitStatus statusOf(spf::Result result) {
    switch (result) {
    case spf::Result::pass:
        return ExitStatus::ok;
    case spf::Result::temperror:
        return ExitStatus::unknown;
    case spf::Result::none:
    case spf::Result::neutral:
    case spf::Result::fail:
    case spf::Result::softfail:
    case spf::Result::permerror:
        break;
    }
    return ExitStatus::wrong;
}

Outcome evaluate(const Context& context, const Arguments& arguments) {
    const auto client = IpAddress::parse(arguments.client);
    if (!client) {
        return badInput(problemText(client.error()));
    }
    if (arguments.mailFrom.empty() && arguments.helo.empty()) {
        return badInput(Words::tr("A bounce has no --mail-from: give the name of the sending server with --helo."));
    }
    const auto resolver = context.resolver();
    if (!resolver) {
        return tl::unexpected(resolver.error());
    }
    const spf::Sender sender{*client, arguments.mailFrom, arguments.helo, "unknown", context.clock.now()};
    const spf::Evaluation evaluation = spf::evaluate(sender, **resolver, context.stop);
    if (context.stop.stop_requested()) {
        return notFoundOut(Words::tr("Stopped."));
    }
    if (context.json) {
        print(QJsonValue(toJson(evaluation)));
    } else {
        print(listing(evaluation));
    }
    return statusOf(evaluation.result);
}

} // namespace

void addSpfCommand(CLI::App& app, Action& action) {
    auto* command = app.add_subcommand("spf", "SPF as receivers see it");
    command->require_subcommand(1);
    auto* evaluation = command->add_subcommand("evaluate", "May this address send mail for that sender?");
    const auto arguments = std::make_shared<Arguments>();
    evaluation->add_option("--ip", arguments->client, "The address that the mail comes from")->required()->take_last();
    evaluation->add_option("--mail-from", arguments->mailFrom, "The sender in MAIL FROM; \"\" for a bounce")
        ->required()
        ->take_last();
    evaluation->add_option("--helo", arguments->helo, "The name that the sending server gives with HELO or EHLO")
        ->take_last();
    addAction(*evaluation, arguments, evaluate, action);
}

} // namespace sealwright::cli
