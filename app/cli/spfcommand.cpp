#include "cli/commands.h"
#include "cli/mailfrom.h"
#include "cli/output.h"
#include "cli/spfjson.h"
#include "spf/lookupcount.h"
#include "spf/selectrecord.h"
#include "text/dnstext.h"
#include "text/problemtext.h"
#include "text/spftext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

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
                .arg(QString(qsizetype{2} * step.depth, u' '), shown(step.term), outcomeTitle(step.outcome)));
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
    const spf::Sender sender{*client, withoutBrackets(arguments.mailFrom), arguments.helo, "unknown",
                             context.clock.now()};
    const spf::Evaluation evaluation = spf::evaluate(sender, **resolver, context.stop);
    if (context.stop.stop_requested()) {
        return notFoundOut(Words::tr("Stopped."));
    }
    if (context.json) {
        print(QJsonValue(spfJson(evaluation)));
    } else {
        print(listing(evaluation));
    }
    return statusOf(evaluation.result);
}

struct Shown {
    DomainName domain;
    std::string record;
    spf::LookupCount count;
};

int voidTerms(const spf::LookupCount& count) {
    return static_cast<int>(std::ranges::count(count.all, true, &spf::CountedTerm::isVoid));
}

// Whether those whose name the DNS did not tell of could make too many.
bool mayHaveTooManyVoid(const spf::LookupCount& count) {
    const auto unknown = std::ranges::count_if(
        count.all, [](const spf::CountedTerm& term) { return !term.about.empty() && !term.isVoid; });
    return voidTerms(count) + unknown > spf::mostVoidLookups;
}

bool namesTooManyHosts(const spf::CountedTerm& term) {
    return term.mxHosts > spf::mostNames;
}

QJsonObject toJson(const Shown& all) {
    QJsonArray terms;
    for (const spf::CountedTerm& term : all.count.all) {
        terms += QJsonObject{{QStringLiteral("depth"), term.depth},
                             {QStringLiteral("term"), text(term.term)},
                             {QStringLiteral("lookups"), term.lookups},
                             {QStringLiteral("atLeast"), term.isAtLeast},
                             {QStringLiteral("loop"), term.isLoop},
                             {QStringLiteral("void"), term.isVoid ? QJsonValue(*term.isVoid) : QJsonValue()},
                             {QStringLiteral("mxHosts"), static_cast<qint64>(term.mxHosts)}};
    }
    QJsonArray unusable;
    for (const DomainName& name : all.count.unusable) {
        unusable += text(name.toString());
    }
    QJsonArray unanswered;
    for (const Answer& answer : all.count.unanswered) {
        unanswered += text(answer.question.name.toString());
    }
    return {{QStringLiteral("domain"), text(all.domain.toString())},
            {QStringLiteral("record"), text(all.record)},
            {QStringLiteral("lookups"), all.count.terms},
            {QStringLiteral("limit"), spf::mostLookups},
            {QStringLiteral("voidLookups"), voidTerms(all.count)},
            {QStringLiteral("terms"), terms},
            {QStringLiteral("unusable"), unusable},
            {QStringLiteral("unanswered"), unanswered}};
}

QString sumText(const spf::LookupCount& count) {
    const bool atLeast = std::ranges::any_of(count.all, &spf::CountedTerm::isAtLeast);
    if (std::ranges::any_of(count.all, &spf::CountedTerm::isLoop)) {
        return Words::tr("The record leads back to itself, so receivers give up. Remove that term.");
    }
    if (count.terms > spf::mostLookups) {
        return Words::tr("Together %1, and receivers give up after 10. Remove senders that are not needed.")
            .arg(count.terms);
    }
    return (atLeast ? Words::tr("Together at least %1 of 10; at most %2 are left.")
                    : Words::tr("Together %1 of 10; %2 are left."))
        .arg(count.terms)
        .arg(spf::mostLookups - count.terms);
}

// What is to be said of one term behind its cost.
QString remarkOn(const spf::CountedTerm& term) {
    if (term.isLoop) {
        return Words::tr("leads back to itself: receivers give up");
    }
    if (namesTooManyHosts(term)) {
        return Words::tr("%1 hosts, and receivers give up after 10").arg(term.mxHosts);
    }
    if (term.isVoid.value_or(false)) {
        return Words::tr("names what does not exist");
    }
    if (!term.about.empty() && !term.isVoid) {
        return Words::tr("the DNS did not tell whether it exists");
    }
    return term.isAtLeast ? Words::tr("or more: not all of it can be known") : QString();
}

QString lineOf(const spf::CountedTerm& term) {
    const QString remark = remarkOn(term);
    return QStringLiteral("  %1  %2%3%4")
        .arg(term.lookups, 2)
        .arg(QString(qsizetype{2} * term.depth, u' '), text(term.term),
             remark.isEmpty() ? QString() : QStringLiteral("  (%1)").arg(remark));
}

QString listing(const Shown& all) {
    QStringList lines{Words::tr("%1: %2").arg(text(all.domain.toUnicode()), text(all.record)),
                      Words::tr("What each term costs in DNS look-ups:")};
    for (const spf::CountedTerm& term : all.count.all) {
        lines << lineOf(term);
    }
    lines << sumText(all.count);
    if (const int nowhere = voidTerms(all.count); nowhere > 0) {
        lines << (nowhere <= spf::mostVoidLookups
                      ? Words::tr(
                            "Terms that name what does not exist: %1, and receivers give up after 2. Remove them.")
                      : Words::tr("Terms that name what does not exist: %1. Receivers give up after 2: remove them."))
                     .arg(nowhere);
    }
    for (const DomainName& name : all.count.unusable) {
        lines << Words::tr("%1 has no valid SPF record, so receivers give up there. Correct or remove it.")
                     .arg(text(name.toUnicode()));
    }
    for (const Answer& answer : all.count.unanswered) {
        lines << unansweredText(answer);
    }
    return lines.join(u'\n');
}

// The record of a domain, or why there is none to show.
Result<spf::Record> recordOf(const DomainName& domain, Resolver& resolver, const std::stop_token& stop) {
    const Answer answer = resolver.lookup(domain, RecordType::txt, stop);
    if (!answer.isConclusive()) {
        return notFoundOut(unansweredText(answer));
    }
    auto record = spf::selectRecord(answer);
    if (record) {
        return std::move(*record);
    }
    const auto code = [&record] {
        switch (record.error().code) {
        case spf::SelectionError::none:
            return spf::EvaluationProblem::noRecord;
        case spf::SelectionError::several:
            return spf::EvaluationProblem::severalRecords;
        case spf::SelectionError::broken:
            break;
        }
        return spf::EvaluationProblem::syntax;
    }();
    spf::Fault fault(code, domain.toString());
    fault.syntax = record.error().syntax;
    return tl::unexpected(Failure{ExitStatus::wrong, faultText(fault)});
}

Outcome show(const Context& context, const std::string& name) {
    const auto domain = DomainName::parse(name).or_else([&name](const auto& problem) {
        // Records of services stand at names such as _spf.example.net.
        return name.starts_with('_') ? DomainName::parseDns(name) : tl::unexpected(problem);
    });
    if (!domain) {
        return badInput(problemText(domain.error()));
    }
    const auto resolver = context.resolver();
    if (!resolver) {
        return tl::unexpected(resolver.error());
    }
    const auto record = recordOf(*domain, **resolver, context.stop);
    if (!record) {
        return tl::unexpected(record.error());
    }
    Shown all{*domain, record->toString(), spf::countLookups(*domain, *record, **resolver, context.stop)};
    spf::lookForVoid(all.count, **resolver, context.stop);
    if (context.stop.stop_requested()) {
        return notFoundOut(Words::tr("Stopped."));
    }
    if (context.json) {
        print(QJsonValue(toJson(all)));
    } else {
        print(listing(all));
    }
    if (all.count.terms > spf::mostLookups || voidTerms(all.count) > spf::mostVoidLookups ||
        !all.count.unusable.empty() || std::ranges::any_of(all.count.all, namesTooManyHosts)) {
        return ExitStatus::wrong;
    }
    return all.count.unanswered.empty() && !mayHaveTooManyVoid(all.count) ? ExitStatus::ok : ExitStatus::unknown;
}

} // namespace

void addSpfCommand(CLI::App& app, Action& action) {
    auto* command = app.add_subcommand("spf", "SPF as receivers see it");
    command->require_subcommand(1);
    auto* evaluation = command->add_subcommand("evaluate", "May this address send mail for that sender?");
    const auto arguments = std::make_shared<Arguments>();
    evaluation->add_option("--ip", arguments->client, "The address that the mail comes from")
        ->type_name("ADDR")
        ->required()
        ->take_last();
    evaluation->add_option("--mail-from", arguments->mailFrom, "The sender in MAIL FROM; \"\" for a bounce")
        ->type_name("MAILBOX")
        ->required()
        ->take_last();
    evaluation->add_option("--helo", arguments->helo, "The name that the sending server gives with HELO or EHLO")
        ->type_name("HOST")
        ->take_last();
    addAction(*evaluation, arguments, evaluate, action);

    auto* showing = command->add_subcommand("show", "What does each term of the record cost, and what is left?");
    const auto domain = std::make_shared<std::string>();
    showing->add_option("DOMAIN", *domain)->required();
    addAction(*showing, domain, show, action);
}

} // namespace sealwright::cli
