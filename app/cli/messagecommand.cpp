#include "cli/commands.h"
#include "cli/messagefile.h"
#include "cli/output.h"
#include "cli/spfjson.h"
#include "message/mailboxes.h"
#include "spf/evaluate.h"
#include "text/dmarctext.h"
#include "text/messagetext.h"
#include "text/problemtext.h"
#include "text/spftext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::Message)
};

struct Arguments {
    std::string file;
    std::string client;
    std::string mailFrom;
    std::string helo;
};

struct Verdict {
    std::vector<dkim::VerifiedSignature> signatures;
    std::optional<spf::Evaluation> spf;     ///< Nothing where it is not known where the mail came from.
    Result<DomainName> author;              ///< Or why DMARC can't be judged.
    std::optional<dmarc::Evaluation> dmarc; ///< Where there is an author.
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

QJsonObject toJson(const Verdict& verdict) {
    QJsonArray signatures;
    for (const dkim::VerifiedSignature& verified : verdict.signatures) {
        signatures += toJson(verified);
    }
    return {{QStringLiteral("dkim"), signatures},
            {QStringLiteral("spf"), verdict.spf ? QJsonValue(spfJson(*verdict.spf)) : QJsonValue()},
            {QStringLiteral("dmarc"), toJson(verdict.dmarc)}};
}

QString listing(const Verdict& verdict) {
    QStringList lines;
    for (const dkim::VerifiedSignature& verified : verdict.signatures) {
        const QString of = verified.signature ? Words::tr("%1, selector %2")
                                                    .arg(text(verified.signature->domain.toUnicode()),
                                                         text(verified.signature->selector.toString()))
                                              : Words::tr("a signature that can't be read");
        lines << Words::tr("DKIM   %1: %2. %3").arg(text(toString(verified.result)), of, signatureText(verified));
    }
    if (verdict.signatures.empty()) {
        lines << Words::tr("DKIM   none: the message is not signed.");
    }
    lines << (verdict.spf
                  ? Words::tr("SPF    %1: %2")
                        .arg(text(toString(verdict.spf->result)),
                             verdict.spf->fault ? faultText(*verdict.spf->fault) : resultText(verdict.spf->result))
                  : Words::tr("SPF    not judged: give --client-ip, --mail-from and --helo to do so."));
    lines << (verdict.dmarc ? Words::tr("DMARC  %1: %2. %3")
                                  .arg(text(toString(verdict.dmarc->result)), text(verdict.author->toUnicode()),
                                       dmarcText(*verdict.dmarc))
                            : Words::tr("DMARC  permerror: %1").arg(verdict.author.error().message));
    return lines.join(u'\n');
}

// RFC 9989 section 5.3.1: DMARC judges messages with one From: of one domain.
Result<DomainName> authorOf(const message::Header& header) {
    std::vector<std::string> domains;
    int fields = 0;
    for (const message::HeaderField& field : header.fields) {
        if (field.isNamed("From")) {
            ++fields;
            const auto more = message::mailboxDomains(field.value());
            domains.insert(domains.end(), more.begin(), more.end());
        }
    }
    if (fields != 1) {
        return tl::unexpected(Failure{ExitStatus::wrong,
                                      fields == 0
                                          ? Words::tr("The message has no From:, so receivers refuse it.")
                                          : Words::tr("The message has more than one From:, so receivers refuse it.")});
    }
    std::optional<DomainName> author;
    for (const std::string& name : domains) {
        const auto domain = DomainName::parseDns(name);
        if (!domain || (author && *author != *domain)) {
            return tl::unexpected(
                Failure{ExitStatus::wrong,
                        domain ? Words::tr("From: names several domains, so DMARC "
                                           "can't be judged.")
                               : Words::tr("The address in From: has no valid domain: %1").arg(shown(name))});
        }
        author = *domain;
    }
    if (!author) {
        return tl::unexpected(Failure{ExitStatus::wrong, Words::tr("There is no address in From:.")});
    }
    return *author;
}

// Section 4.4.2: the domain that SPF has passed for.
std::optional<DomainName> passedFor(const Arguments& arguments, const std::optional<spf::Evaluation>& evaluation) {
    if (!evaluation || evaluation->result != spf::Result::pass) {
        return std::nullopt;
    }
    const std::string& sender = arguments.mailFrom.empty() ? arguments.helo : arguments.mailFrom;
    const auto domain = DomainName::parseDns(std::string_view(sender).substr(sender.rfind('@') + 1));
    return domain ? std::optional(*domain) : std::nullopt;
}

Verdict judge(const Context& context, const Arguments& arguments, const std::optional<IpAddress>& client,
              Resolver& resolver, ReadMessage& message) {
    Verdict verdict{message.verifier.finish(resolver, context.clock.now(), context.stop), std::nullopt,
                    authorOf(message.header), std::nullopt};
    dmarc::Authenticated authenticated;
    for (const dkim::VerifiedSignature& verified : verdict.signatures) {
        if (verified.result == dkim::Result::pass && !verified.isTesting) { // RFC 6376 section 3.6.1: t=y is unsigned
            authenticated.dkim.push_back(verified.signature->domain);
        }
        authenticated.isIncomplete = authenticated.isIncomplete || verified.result == dkim::Result::temperror;
    }
    if (client) {
        verdict.spf = spf::evaluate({*client, arguments.mailFrom, arguments.helo, "unknown", context.clock.now()},
                                    resolver, context.stop);
        authenticated.spf = passedFor(arguments, verdict.spf);
        authenticated.isIncomplete = authenticated.isIncomplete || verdict.spf->result == spf::Result::temperror;
    }
    if (verdict.author) {
        verdict.dmarc = dmarc::evaluate(*verdict.author, authenticated, resolver, context.stop);
    }
    return verdict;
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

Outcome verify(const Context& context, const Arguments& arguments) {
    std::optional<IpAddress> client;
    if (!arguments.client.empty()) {
        const auto address = IpAddress::parse(arguments.client);
        if (!address) {
            return badInput(problemText(address.error()));
        }
        if (arguments.mailFrom.empty() && arguments.helo.empty()) {
            return badInput(Words::tr("--client-ip needs --mail-from, or --helo for a bounce."));
        }
        client = *address;
    }
    auto message = readMessage(arguments.file, context.stop);
    if (!message) {
        return tl::unexpected(message.error());
    }
    const auto resolver = context.resolver();
    if (!resolver) {
        return tl::unexpected(resolver.error());
    }
    const Verdict verdict = judge(context, arguments, client, **resolver, *message);
    if (context.stop.stop_requested()) {
        return notFoundOut(Words::tr("Stopped."));
    }
    if (context.json) {
        print(QJsonValue(toJson(verdict)));
    } else {
        print(listing(verdict));
    }
    return statusOf(verdict);
}

} // namespace

void addMessageCommand(CLI::App& app, Action& action) {
    auto* command = app.add_subcommand("message", "Judge a mail as receivers do");
    command->require_subcommand(1);
    auto* verification = command->add_subcommand("verify", "DKIM, SPF and DMARC of a mail that was received");
    const auto arguments = std::make_shared<Arguments>();
    verification->add_option("FILE", arguments->file, "The mail's whole source; - for standard input")->required();
    verification->add_option("--client-ip", arguments->client, "The address that it came from, for SPF")->take_last();
    verification->add_option("--mail-from", arguments->mailFrom, "Its MAIL FROM; \"\" for a bounce")->take_last();
    verification->add_option("--helo", arguments->helo, "What the sending server said in HELO or EHLO")->take_last();
    addAction(*verification, arguments, verify, action);
}

} // namespace sealwright::cli
