#include "cli/commands.h"
#include "cli/inputfile.h"
#include "cli/mailfrom.h"
#include "cli/output.h"
#include "cli/profiles.h"
#include "cli/verdictlisting.h"
#include "mailtest/mailtest.h"
#include "text/messagetext.h"
#include "text/problemtext.h"
#include "verdict/original.h"
#include "verdict/verdict.h"

#include <QCoreApplication>

#include <fstream>
#include <iostream>
#include <set>

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

// What a message shows of the keys of its domains is kept for those that are set up here: see check, DKIM.
void noteOnBoards(const Context& context, const Verdict& verdict) {
    std::set<DomainName> domains;
    for (const dkim::VerifiedSignature& verified : verdict.signatures) {
        if (verified.result == dkim::Result::pass) {
            domains.insert(verified.signature->domain);
        }
    }
    for (const DomainName& domain : domains) {
        auto stored = context.store.load(domain);
        if (!stored || stored->readOnly || !noteReceived(stored->profile, verdict, context.clock.now())) {
            continue;
        }
        if (const auto saved = saveProfile(context, *stored); !saved) {
            say(saved.error().message);
        }
    }
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
    noteOnBoards(context, *verdict);
    if (context.json) {
        print(QJsonValue(verdictJson(*verdict, *changes)));
    } else {
        print(verdictListing(*verdict, *changes));
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
        ->type_name("FILE")
        ->take_last();
    verification->add_option("--client-ip", arguments->client, "The address that it came from, for SPF")
        ->type_name("ADDR")
        ->take_last();
    verification->add_option("--mail-from", arguments->mailFrom, "Its MAIL FROM; \"\" for a bounce")
        ->type_name("MAILBOX")
        ->take_last();
    verification->add_option("--helo", arguments->helo, "What the sending server said in HELO or EHLO")
        ->type_name("HOST")
        ->take_last();
    addAction(*verification, arguments, verify, action);
    addMessageTest(*command, action);
}

} // namespace sealwright::cli
