#include "cli/commands.h"
#include "cli/inputfile.h"
#include "cli/mailfrom.h"
#include "cli/output.h"
#include "cli/spfjson.h"
#include "text/messagetext.h"
#include "text/problemtext.h"
#include "text/verdicttext.h"
#include "verdict/original.h"
#include "verdict/verdict.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

#include <fstream>
#include <iostream>

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::Message)
};

using verdict::Verdict;

struct Arguments {
    std::string file;
    std::string original;
    std::string client;
    std::string mailFrom;
    std::string helo;
};

QJsonObject toJson(const dkim::VerifiedSignature& verified) {
    const auto& signature = verified.signature;
    const auto problem = [&verified]() -> QJsonValue {
        if (verified.signatureError) {
            return text(toString(verified.signatureError->code));
        }
        return verified.problem ? QJsonValue(text(toString(*verified.problem))) : QJsonValue();
    };
    return {{QStringLiteral("result"), text(toString(verified.result))},
            {QStringLiteral("domain"), signature ? QJsonValue(text(signature->domain.toString())) : QJsonValue()},
            {QStringLiteral("selector"), signature ? QJsonValue(text(signature->selector.toString())) : QJsonValue()},
            {QStringLiteral("algorithm"),
             signature ? QJsonValue(text(toString(signature->type)) + QStringLiteral("-sha256")) : QJsonValue()},
            {QStringLiteral("problem"), problem()},
            {QStringLiteral("keyBits"), verified.keyBits ? QJsonValue(*verified.keyBits) : QJsonValue()},
            {QStringLiteral("testing"), verified.isTesting},
            {QStringLiteral("unsignedBody"), static_cast<qint64>(verified.unsignedBody)}};
}

QJsonObject toJson(const std::optional<dmarc::Evaluation>& judged) {
    if (!judged) {
        QJsonObject nothing{{QStringLiteral("result"), text(toString(dmarc::Result::permerror))},
                            {QStringLiteral("alignedBy"), QJsonArray()}};
        for (const char* name : {"domain", "policyDomain", "organizationalDomain", "policy"}) {
            nothing[QLatin1String(name)] = QJsonValue();
        }
        return nothing;
    }
    const dmarc::Evaluation& evaluation = *judged;
    const dmarc::Discovery& found = evaluation.discovery;
    QJsonArray alignedBy;
    for (const dmarc::AlignedBy mechanism : evaluation.alignedBy) {
        alignedBy += text(toString(mechanism));
    }
    const bool applies = found.policyDomain.has_value();
    return {{QStringLiteral("result"), text(toString(evaluation.result))},
            {QStringLiteral("domain"), text(found.domain.toString())},
            {QStringLiteral("policyDomain"), applies ? QJsonValue(text(found.policyDomain->toString())) : QJsonValue()},
            {QStringLiteral("organizationalDomain"), text(found.organizationalDomain.toString())},
            {QStringLiteral("policy"), applies ? QJsonValue(text(toString(found.policy))) : QJsonValue()},
            {QStringLiteral("alignedBy"), alignedBy}};
}

QJsonObject toJson(const verdict::Claim& claim) {
    return {{QStringLiteral("server"), shown(claim.server)},
            {QStringLiteral("method"), shown(claim.said.method)},
            {QStringLiteral("result"), shown(claim.said.result)},
            {QStringLiteral("ours"), claim.ours.empty() ? QJsonValue() : QJsonValue(text(claim.ours))},
            {QStringLiteral("comparison"), text(toString(claim.comparison))}};
}

QJsonObject toJson(const verdict::Change& change) {
    return {{QStringLiteral("change"), text(toString(change.kind))},
            {QStringLiteral("field"), change.field.empty() ? QJsonValue() : QJsonValue(shown(change.field))},
            {QStringLiteral("line"), static_cast<qint64>(change.line)},
            {QStringLiteral("before"), QString::fromStdString(change.before)},
            {QStringLiteral("after"), QString::fromStdString(change.after)}};
}

QJsonValue toJson(const Verdict& verdict, const std::optional<verdict::Envelope>& envelope) {
    if (!envelope) {
        return {};
    }
    return QJsonObject{
        {QStringLiteral("client"), text(envelope->client.toString())},
        {QStringLiteral("mailFrom"), shown(envelope->mailFrom)},
        {QStringLiteral("helo"), shown(envelope->helo)},
        {QStringLiteral("notedBy"), verdict.receivedBy.empty() ? QJsonValue() : QJsonValue(shown(verdict.receivedBy))}};
}

template <class List>
QJsonArray arrayOf(const List& list) {
    QJsonArray array;
    for (const auto& each : list) {
        array += toJson(each);
    }
    return array;
}

QJsonObject toJson(const Verdict& verdict, const std::optional<std::vector<verdict::Change>>& changes) {
    QJsonArray forms;
    for (const message::SourceForm form : verdict.forms) {
        forms += text(toString(form));
    }
    QJsonObject dmarc = toJson(verdict.dmarc);
    dmarc[QStringLiteral("rfc7489")] = verdict.legacyDmarc ? QJsonValue(toJson(verdict.legacyDmarc)) : QJsonValue();
    QJsonObject object{{QStringLiteral("dkim"), arrayOf(verdict.signatures)},
                       {QStringLiteral("spf"), verdict.spf ? QJsonValue(spfJson(*verdict.spf)) : QJsonValue()},
                       {QStringLiteral("dmarc"), dmarc},
                       {QStringLiteral("envelope"), toJson(verdict, verdict.envelope)},
                       {QStringLiteral("authenticationResults"), arrayOf(verdict.claims)},
                       {QStringLiteral("source"), forms}};
    if (changes) {
        object[QStringLiteral("changes")] = arrayOf(*changes);
    }
    return object;
}

QString listing(const Verdict& verdict, const std::optional<std::vector<verdict::Change>>& changes) {
    QStringList lines;
    const auto add = [&lines](const QString& area, const QString& what) { lines << area.leftJustified(7) + what; };
    for (const VerdictLine& line : verdictLines(verdict)) {
        add(line.area, line.text);
    }
    if (!verdict.spf) {
        add({}, Words::tr("Give --client-ip, --mail-from and --helo to judge it."));
    }
    if (changes && changes->empty()) {
        add(Words::tr("Same"), Words::tr("Nothing that counts differs from the original."));
    }
    for (const verdict::Change& change : changes.value_or(std::vector<verdict::Change>())) {
        add(Words::tr("Change"), changeText(change));
    }
    return lines.join(u'\n');
}

ExitStatus statusOf(const Verdict& verdict) {
    switch (verdict.dmarc ? verdict.dmarc->result : dmarc::Result::permerror) {
    case dmarc::Result::pass:
        return ExitStatus::ok;
    case dmarc::Result::temperror:
        return ExitStatus::unknown;
    case dmarc::Result::none:
    case dmarc::Result::fail:
    case dmarc::Result::permerror:
        break;
    }
    return ExitStatus::wrong;
}

Failure cannotRead(const std::string& file) {
    return {ExitStatus::unknown, Words::tr("%1 can't be read to its end.").arg(shown(file))};
}

Result<std::optional<verdict::Envelope>> envelopeOf(const Arguments& arguments) {
    if (arguments.client.empty()) {
        if (!arguments.mailFrom.empty() || !arguments.helo.empty()) {
            return badInput(Words::tr("--mail-from and --helo need --client-ip, the address that the mail came from."));
        }
        return std::optional<verdict::Envelope>();
    }
    const auto address = IpAddress::parse(arguments.client);
    if (!address) {
        return badInput(problemText(address.error()));
    }
    if (arguments.mailFrom.empty() && arguments.helo.empty()) {
        return badInput(Words::tr("--client-ip needs --mail-from, or --helo for a bounce."));
    }
    return std::optional(verdict::Envelope{*address, withoutBrackets(arguments.mailFrom), arguments.helo});
}

Result<Verdict> judge(const Context& context, const Arguments& arguments) {
    const auto envelope = envelopeOf(arguments);
    if (!envelope) {
        return tl::unexpected(envelope.error());
    }
    std::ifstream file;
    const auto input = openInput(arguments.file, file);
    if (!input) {
        return tl::unexpected(input.error());
    }
    const auto resolver = context.resolver();
    if (!resolver) {
        return tl::unexpected(resolver.error());
    }
    auto verdict = verdict::judge(**input, *envelope, **resolver, context.clock.now(), context.stop);
    if (context.stop.stop_requested()) {
        return notFoundOut(Words::tr("Stopped."));
    }
    if ((*input)->bad()) {
        return tl::unexpected(cannotRead(arguments.file));
    }
    if (!verdict) {
        return badInput(QStringLiteral("%1: %2").arg(shown(arguments.file), problemText(verdict.error())));
    }
    return std::move(*verdict);
}

Result<verdict::WholeMessage> readWhole(const Context& context, const std::string& name) {
    std::ifstream file;
    const auto input = openInput(name, file);
    if (!input) {
        return tl::unexpected(input.error());
    }
    auto whole = verdict::readWhole(**input, context.stop);
    if (!whole) {
        return badInput(QStringLiteral("%1: %2").arg(shown(name), problemText(whole.error())));
    }
    if ((*input)->bad()) {
        return tl::unexpected(cannotRead(name));
    }
    if (!*whole) {
        return badInput(Words::tr("%1 is too long to be compared.").arg(shown(name)));
    }
    return std::move(**whole);
}

Result<std::optional<std::vector<verdict::Change>>> compare(const Context& context, const Arguments& arguments,
                                                            const Verdict& verdict) {
    if (arguments.original.empty()) {
        return std::optional<std::vector<verdict::Change>>();
    }
    const auto original = readWhole(context, arguments.original);
    if (!original) {
        return tl::unexpected(original.error());
    }
    const auto received = readWhole(context, arguments.file);
    if (!received) {
        return tl::unexpected(received.error());
    }
    return std::optional(compareWithOriginal(*original, *received, verdict::signatureToCompareBy(verdict.signatures)));
}

Outcome verify(const Context& context, const Arguments& arguments) {
    if (!arguments.original.empty() && (arguments.file == "-" || arguments.original == "-")) {
        return badInput(Words::tr("For --original, give both messages as files."));
    }
    const auto verdict = judge(context, arguments);
    if (!verdict) {
        return tl::unexpected(verdict.error());
    }
    const auto changes = compare(context, arguments, *verdict);
    if (!changes) {
        return tl::unexpected(changes.error());
    }
    if (context.json) {
        print(QJsonValue(toJson(*verdict, *changes)));
    } else {
        print(listing(*verdict, *changes));
    }
    return statusOf(*verdict);
}

} // namespace

void addMessageCommand(CLI::App& app, Action& action) {
    auto* command = app.add_subcommand("message", "Judge a mail as receivers do");
    command->require_subcommand(1);
    auto* verification = command->add_subcommand("verify", "DKIM, SPF and DMARC of a mail that was received");
    const auto arguments = std::make_shared<Arguments>();
    verification->add_option("FILE", arguments->file, "The mail's whole source; - for standard input")->required();
    verification->add_option("--original", arguments->original, "The mail as it was sent: shows what was changed since")
        ->take_last();
    verification->add_option("--client-ip", arguments->client, "The address that it came from, for SPF")->take_last();
    verification->add_option("--mail-from", arguments->mailFrom, "Its MAIL FROM; \"\" for a bounce")->take_last();
    verification->add_option("--helo", arguments->helo, "What the sending server said in HELO or EHLO")->take_last();
    addAction(*verification, arguments, verify, action);
}

} // namespace sealwright::cli
