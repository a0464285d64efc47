#include "cli/commands.h"
#include "cli/output.h"
#include "cli/passphrase.h"
#include "cli/profiles.h"
#include "cli/verdictlisting.h"
#include "mailtest/keptpasswords.h"
#include "mailtest/testmessage.h"
#include "text/mailtesttext.h"
#include "text/problemtext.h"

#include <QCoreApplication>

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::MessageTest)
};

struct Arguments {
    std::string domain;
    std::string submission;
    std::string user;
    std::vector<std::string> to;
    std::string from;
    std::string imap;
    std::string imapUser;
    std::string folder = "INBOX";
    std::optional<unsigned> seconds;
    std::string again;
    bool keeps = false;
    bool forgets = false;
};

template <class T, class Code>
Result<T> orBadInput(tl::expected<T, Problem<Code>> parsed) {
    if (!parsed) {
        return badInput(problemText(parsed.error()));
    }
    return std::move(*parsed);
}

// The variable first, then the keychain where the user wishes it, then the terminal.
Result<void> askPassword(const Context& context, const char* variable, bool mayBeKept, MailAccount& account) {
    const bool isGiven = qEnvironmentVariableIsSet(variable);
    if (mayBeKept && !isGiven && takeKept(account, context.passwords, context.stop)) {
        return {};
    }
    const QString host = QString::fromStdString(account.server.host.toUnicode());
    auto password =
        ask({variable, Words::tr("Password of %1 at %2: ").arg(shown(account.user), host), {}}, context.stop);
    if (!password) {
        return badInput(Words::tr("A password is needed for %1: set %2, or type it at the terminal.")
                            .arg(shown(account.user), QString::fromLatin1(variable)));
    }
    account.password = std::move(*password);
    return {};
}

/// What goes to every receiver.
struct Wishes {
    EmailAddress from;
    std::vector<EmailAddress> to;
    std::optional<MailAccount> submission; ///< Nothing: only to look again.
    std::optional<Mailbox> mailbox;
};

Result<std::vector<EmailAddress>> parseReceivers(const std::vector<std::string>& words) {
    std::vector<EmailAddress> all;
    for (const std::string& word : words) {
        auto address = orBadInput(EmailAddress::parse(word));
        if (!address) {
            return tl::unexpected(address.error());
        }
        all.push_back(std::move(*address));
    }
    return all;
}

Result<MailAccount> askAccount(const Context& context, bool mayBeKept,
                               const tl::expected<MailServer, Problem<MailServerError>>& server,
                               const std::string& user, const char* variable) {
    if (!server) {
        return badInput(problemText(server.error()));
    }
    MailAccount account{*server, user, {}};
    if (auto asked = askPassword(context, variable, mayBeKept, account); !asked) {
        return tl::unexpected(asked.error());
    }
    return account;
}

Result<void> checkUsage(const Arguments& arguments) {
    if (arguments.again.empty() && (arguments.submission.empty() || arguments.user.empty())) {
        return badInput(Words::tr("To send, --submission and --user are needed: your server's submission service, and "
                                  "your user name there."));
    }
    if (!arguments.again.empty() && arguments.imap.empty()) {
        return badInput(Words::tr("--again needs --imap, the server where the mailbox is."));
    }
    if (!arguments.again.empty() && !testMessageOf(arguments.again)) {
        return badInput(Words::tr("%1 is no Message-ID of a test message. It looks like "
                                  "<sealwright.abcdefghijkmnpqr@example.org>.")
                            .arg(shown(arguments.again)));
    }
    if (!arguments.imap.empty() && arguments.to.size() > 1) {
        return badInput(Words::tr("With --imap, name one receiver at a time: its mailbox is the one that is read."));
    }
    if (arguments.imap.empty() && !arguments.imapUser.empty()) {
        return badInput(Words::tr("--imap-user needs --imap, the server where the mailbox is."));
    }
    return {};
}

Result<Wishes> wishesOf(const Context& context, const Arguments& arguments, const DomainName& domain) {
    if (const auto usable = checkUsage(arguments); !usable) {
        return tl::unexpected(usable.error());
    }
    auto to = parseReceivers(arguments.to);
    if (!to) {
        return tl::unexpected(to.error());
    }
    auto from = arguments.from.empty() ? defaultTestSender(domain) : orBadInput(EmailAddress::parse(arguments.from));
    if (!from) {
        return tl::unexpected(from.error());
    }
    Wishes wishes{std::move(*from), std::move(*to), {}, {}};
    if (arguments.again.empty()) {
        auto submission = askAccount(context, arguments.keeps, parseSubmissionServer(arguments.submission),
                                     arguments.user, "SEALWRIGHT_SMTP_PASSWORD");
        if (!submission) {
            return tl::unexpected(submission.error());
        }
        wishes.submission = std::move(*submission);
    }
    if (!arguments.imap.empty()) {
        const std::string user = arguments.imapUser.empty() ? wishes.to.front().toString() : arguments.imapUser;
        auto account =
            askAccount(context, arguments.keeps, parseImapServer(arguments.imap), user, "SEALWRIGHT_IMAP_PASSWORD");
        if (!account) {
            return tl::unexpected(account.error());
        }
        wishes.mailbox.emplace(Mailbox{std::move(*account), arguments.folder});
    }
    return wishes;
}

ExitStatus statusOf(const MailTestOutcome& outcome, bool hasMailbox) {
    if (outcome.arrival) {
        return outcome.arrival->isJunk ? ExitStatus::wrong : cli::statusOf(outcome.arrival->verdict);
    }
    return hasMailbox || outcome.problem ? ExitStatus::unknown : ExitStatus::ok;
}

QJsonObject toJson(const MailTestOutcome& outcome, const EmailAddress& to) {
    QJsonObject object{
        {QStringLiteral("to"), text(to.toString())},
        {QStringLiteral("messageId"), outcome.messageId.empty() ? QJsonValue() : QJsonValue(text(outcome.messageId))},
        {QStringLiteral("problem"), outcome.problem ? QJsonValue(text(toString(outcome.problem->code))) : QJsonValue()},
        {QStringLiteral("said"), outcome.problem ? QJsonValue(shown(outcome.problem->what)) : QJsonValue()},
        {QStringLiteral("problemAt"),
         outcome.problem ? QJsonValue(outcome.isAtMailbox ? QStringLiteral("mailbox") : QStringLiteral("submission"))
                         : QJsonValue()},
        {QStringLiteral("folder"), QJsonValue()},
        {QStringLiteral("junk"), QJsonValue()},
        {QStringLiteral("seconds"), QJsonValue()},
        {QStringLiteral("selectors"), QJsonArray()},
        {QStringLiteral("verdict"), QJsonValue()}};
    if (outcome.arrival) {
        const Arrival& arrival = *outcome.arrival;
        QJsonArray selectors;
        for (const SigningKey& key : arrival.keys) {
            selectors += text(key.selector.toString());
        }
        object[QStringLiteral("folder")] = shown(arrival.folder);
        object[QStringLiteral("junk")] = arrival.isJunk;
        object[QStringLiteral("seconds")] =
            arrival.took ? QJsonValue(static_cast<qint64>(arrival.took->count())) : QJsonValue();
        object[QStringLiteral("selectors")] = selectors;
        object[QStringLiteral("verdict")] = verdictJson(arrival.verdict);
    }
    return object;
}

QString listing(const MailTestOutcome& outcome, const EmailAddress& to, bool hasMailbox) {
    QStringList lines{mailTestSummary(outcome, to).text};
    for (const VerdictLine& line : mailTestLines(outcome)) {
        lines << line.area.leftJustified(8) + line.text;
    }
    if (!outcome.arrival && !outcome.problem) {
        lines << Words::tr("Then: sealwright-cli message verify FILE");
    }
    if (hasMailbox && outcome.problem && !outcome.messageId.empty()) {
        lines << Words::tr("To look again, and send nothing, add: --again '%1'").arg(text(outcome.messageId));
    }
    return lines.join(u'\n');
}

// A domain that is not set up here has no keys, and no board.
void noteOnBoard(const Context& context, StoredProfile& stored, const Arrival& arrival, const EmailAddress& to) {
    if (arrival.keys.empty() || stored.readOnly) {
        return;
    }
    noteVerified(stored.profile, arrival.keys, to.domain(), context.clock.now());
    if (const auto saved = saveProfile(context, stored); !saved) {
        say(saved.error().message);
    }
}

void tellOfKeychain(const MailAccount& account, const tl::expected<void, Problem<VaultError>>& done) {
    if (!done) {
        say(Words::tr("The keychain did not do its part for the password of %1: %2.")
                .arg(shown(account.user), keychainReason(done.error())));
    }
}

void keepPasswords(const Context& context, const Wishes& wishes, const MailTestOutcome& outcome) {
    const auto keep = [&context](const MailAccount& account, Login login) {
        if (login == Login::refused && account.isKept) {
            say(Words::tr("The password of %1 that was in the keychain was refused, so it is forgotten.")
                    .arg(shown(account.user)));
        }
        tellOfKeychain(account, keepWhatWasAccepted(account, login, context.passwords, context.stop));
    };
    if (wishes.submission) {
        keep(*wishes.submission, loginToSend(outcome));
    }
    if (wishes.mailbox) {
        keep(wishes.mailbox->account, loginToRead(outcome));
    }
}

void forgetPasswords(const Context& context, const Wishes& wishes) {
    if (wishes.submission) {
        tellOfKeychain(*wishes.submission, forget(*wishes.submission, context.passwords, context.stop));
    }
    if (wishes.mailbox) {
        tellOfKeychain(wishes.mailbox->account, forget(wishes.mailbox->account, context.passwords, context.stop));
    }
}

Result<MailTestTools> toolsOf(const Context& context) {
    const auto resolver = context.resolver();
    if (!resolver) {
        return tl::unexpected(resolver.error());
    }
    return context.courier().map([&](MessageCourier* courier) {
        return MailTestTools{*courier, **resolver, context.clock};
    });
}

void printAll(const StoredProfile& stored, const EmailAddress& from, const QJsonArray& messages) {
    print(QJsonObject{{QStringLiteral("domain"), text(stored.profile.domain.toString())},
                      {QStringLiteral("from"), text(from.toString())},
                      {QStringLiteral("messages"), messages}});
}

MailTestOutcome runEach(const Context& context, const Arguments& arguments, const Profile& profile, Wishes& wishes,
                        const EmailAddress& to, const MailTestTools& tools) {
    const auto tell = [](MailTestStage stage) { say(stageText(stage)); };
    if (!wishes.submission) {
        MailTestAgain again{profile, arguments.again, *wishes.mailbox};
        again.patience = std::chrono::seconds(arguments.seconds.value_or(10));
        return lookAgain(again, tools, tell, context.stop);
    }
    const MailTest each{profile,
                        wishes.from,
                        to,
                        *wishes.submission,
                        wishes.mailbox,
                        std::chrono::seconds(arguments.seconds.value_or(120))};
    return runMailTest(each, tools, tell, context.stop);
}

Outcome test(const Context& context, const Arguments& arguments) {
    auto stored = loadOrBeginProfile(context, arguments.domain);
    if (!stored) {
        return tl::unexpected(stored.error());
    }
    auto wishes = wishesOf(context, arguments, stored->profile.domain);
    if (!wishes) {
        return tl::unexpected(wishes.error());
    }
    const auto tools = toolsOf(context);
    if (!tools) {
        return tl::unexpected(tools.error());
    }
    if (arguments.forgets) {
        forgetPasswords(context, *wishes);
    }
    ExitStatus status = ExitStatus::ok;
    QJsonArray messages;
    for (const EmailAddress& to : wishes->to) {
        const MailTestOutcome outcome = runEach(context, arguments, stored->profile, *wishes, to, *tools);
        const bool isStopped = context.stop.stop_requested();
        if (outcome.arrival) {
            noteOnBoard(context, *stored, *outcome.arrival, to);
        }
        if (arguments.keeps && !isStopped) {
            keepPasswords(context, *wishes, outcome);
        }
        status = std::max(status, statusOf(outcome, wishes->mailbox.has_value()));
        messages += toJson(outcome, to);
        if (!context.json) {
            print(listing(outcome, to, wishes->mailbox.has_value()));
        }
        if (isStopped) {
            break;
        }
    }
    if (context.json) {
        printAll(*stored, wishes->from, messages);
    }
    if (context.stop.stop_requested()) {
        return notFoundOut(Words::tr("Stopped."));
    }
    return status;
}

} // namespace

void addMessageTest(CLI::App& message, Action& action) {
    auto* command =
        message.add_subcommand("test", "Send a test message of the domain's to a mailbox, and judge it there");
    const auto arguments = std::make_shared<Arguments>();
    command->add_option("DOMAIN", arguments->domain, "The domain that it is from")->required();
    command
        ->add_option("--submission", arguments->submission,
                     "HOST[:PORT] of your server's submission service; smtps://HOST:PORT where TLS comes first")
        ->type_name("SERVER")
        ->take_last();
    command->add_option("--user", arguments->user, "Your user name there")->type_name("NAME")->take_last();
    command->add_option("--to", arguments->to, "A mailbox of yours elsewhere; may be repeated without --imap")
        ->type_name("MAILBOX")
        ->required();
    command->add_option("--from", arguments->from, "The sender (default: postmaster at the domain)")
        ->type_name("MAILBOX")
        ->take_last();
    command->add_option("--imap", arguments->imap, "HOST[:PORT] where the mailbox can be read, to judge what arrives")
        ->type_name("SERVER")
        ->take_last();
    command->add_option("--imap-user", arguments->imapUser, "The user name there (default: the mailbox's address)")
        ->type_name("NAME")
        ->take_last();
    command->add_option("--folder", arguments->folder, "The folder to look into, besides those for junk")
        ->type_name("NAME")
        ->take_last();
    command
        ->add_option("--again", arguments->again,
                     "Send nothing: look for the message of this Message-ID, which was sent in the last two weeks")
        ->type_name("ID")
        ->take_last();
    command->add_option("--for", arguments->seconds, "Seconds to wait for it (default: 120, with --again 10)")
        ->type_name("SECONDS")
        ->check(CLI::Range(1, 3600))
        ->take_last();
    auto* keep = command->add_flag("--keep-passwords", arguments->keeps,
                                   "Keep the passwords in the system's keychain, and take them from there");
    command->add_flag("--forget-passwords", arguments->forgets, "Remove them from there, and ask")->excludes(keep);
    addAction(*command, arguments, test, action);
}

} // namespace sealwright::cli
