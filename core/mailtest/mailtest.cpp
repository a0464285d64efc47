#include "mailtest/mailtest.h"

#include "dmarc/publicsuffix.h"
#include "mailtest/testmessage.h"

#include <algorithm>
#include <sstream>

namespace sealwright {
namespace {

std::optional<CourierProblem> findAddresses(MailAccount& account, Resolver& resolver, const std::stop_token& stop) {
    if (!account.addresses.empty()) {
        return std::nullopt;
    }
    const Question questions[] = {{account.server.host, RecordType::a}, {account.server.host, RecordType::aaaa}};
    bool isTold = true;
    for (const Answer& answer : resolver.lookupAll(questions, stop)) {
        const auto found = addresses(answer);
        account.addresses.insert(account.addresses.end(), found.begin(), found.end());
        isTold = isTold && answer.isConclusive();
    }
    if (stop.stop_requested()) {
        return problem(CourierError::cancelled);
    }
    if (account.addresses.empty()) {
        return problem(isTold ? CourierError::unknownHost : CourierError::dnsFailure, account.server.host.toString());
    }
    return std::nullopt;
}

constexpr std::chrono::days forDelays{14}; // Servers try again for about five days (RFC 5321 section 4.5.4.1).
constexpr std::chrono::days forWrongClocks{2};

class Run {
public:
    Run(const Profile& profile, const MailTestTools& tools, const std::function<void(MailTestStage)>& onStage,
        const std::stop_token& stop)
        : profile_(profile), tools_(tools), onStage_(onStage), stop_(stop) {}

    [[nodiscard]] MailTestOutcome send(const MailTest& test) {
        if (!findAddressesOf(test.submission, false) || (test.mailbox && !open(*test.mailbox))) {
            return std::move(outcome_);
        }
        onStage_(MailTestStage::sending);
        const auto began = std::chrono::steady_clock::now();
        const auto now = tools_.clock.now();
        const TestMessage message = composeTestMessage(test.from, test.to, now, randomToken());
        const auto sent = tools_.courier.send(test.submission, test.from, test.to, message.source, stop_);
        if (!sent && sent.error().code != CourierError::perhapsSent) {
            return refused(sent.error(), false);
        }
        outcome_.messageId = message.id;
        if (mailbox_) {
            waitFor({message.id, message.token, true, now - forWrongClocks}, test.patience, began);
        }
        // What the mailbox does not tell is still open.
        return sent || outcome_.arrival || stop_.stop_requested() ? std::move(outcome_) : refused(sent.error(), false);
    }

    [[nodiscard]] MailTestOutcome lookAgain(const MailTestAgain& test) {
        const auto message = testMessageOf(test.messageId);
        if (!message) {
            return refused(problem(CourierError::notArrived), true);
        }
        outcome_.messageId = message->id;
        if (open(test.mailbox)) {
            waitFor({message->id, message->token, false, tools_.clock.now() - forDelays}, test.patience, {});
        }
        return std::move(outcome_);
    }

private:
    MailTestOutcome refused(CourierProblem why, bool isAtMailbox) {
        outcome_.problem = std::move(why);
        outcome_.isAtMailbox = isAtMailbox;
        return std::move(outcome_);
    }

    [[nodiscard]] bool findAddressesOf(MailAccount& account, bool isAtMailbox) {
        outcome_.problem = findAddresses(account, tools_.resolver, stop_);
        outcome_.isAtMailbox = outcome_.problem && isAtMailbox;
        return !outcome_.problem;
    }

    // Before anything is sent, so that nothing is sent in vain.
    [[nodiscard]] bool open(Mailbox& mailbox) {
        onStage_(MailTestStage::opening);
        if (!findAddressesOf(mailbox.account, true)) {
            return false;
        }
        auto opened = tools_.courier.open(mailbox, stop_);
        outcome_.mailboxOpened = opened.has_value();
        if (!opened) {
            outcome_.problem = std::move(opened.error());
            outcome_.isAtMailbox = true;
            return false;
        }
        mailbox_ = std::move(*opened);
        return true;
    }

    void waitFor(const SentMessage& message, std::chrono::seconds patience,
                 std::optional<std::chrono::steady_clock::time_point> began) {
        onStage_(MailTestStage::waiting);
        const auto fetched = mailbox_->waitFor(message, patience);
        if (!fetched) {
            outcome_.problem = fetched.error();
            outcome_.isAtMailbox = true;
            return;
        }
        std::optional<std::chrono::seconds> took;
        if (began) {
            took = std::chrono::round<std::chrono::seconds>(std::chrono::steady_clock::now() - *began);
        }
        judge(*fetched, message, took);
    }

    void judge(const FetchedMessage& fetched, const SentMessage& message, std::optional<std::chrono::seconds> took) {
        onStage_(MailTestStage::judging);
        std::istringstream source(fetched.source);
        const bool isOurs = isTestMessage(fetched.source, message.id, message.token);
        auto verdict = verdict::judge(source, std::nullopt, tools_.resolver, tools_.clock.now(), stop_);
        if (stop_.stop_requested() || !verdict || !isOurs) {
            outcome_.problem = stop_.stop_requested()
                                   ? problem(CourierError::cancelled)
                                   : problem(CourierError::garbled, std::string_view(fetched.source).substr(0, 80));
            outcome_.isAtMailbox = true;
            return;
        }
        auto keys = verifiedKeys(profile_, *verdict);
        outcome_.arrival = Arrival{fetched.folder, fetched.isJunk, took, std::move(*verdict), std::move(keys)};
    }

    const Profile& profile_;
    const MailTestTools& tools_;
    const std::function<void(MailTestStage)>& onStage_;
    const std::stop_token& stop_;
    std::unique_ptr<OpenMailbox> mailbox_;
    MailTestOutcome outcome_;
};

} // namespace

std::vector<SigningKey> verifiedKeys(const Profile& profile, const verdict::Verdict& verdict) {
    std::vector<SigningKey> keys;
    std::ranges::copy_if(profile.keys, std::back_inserter(keys), [&](const SigningKey& key) {
        return std::ranges::any_of(verdict.signatures, [&](const dkim::VerifiedSignature& verified) {
            return verified.result == dkim::Result::pass && verified.signature->domain == profile.domain &&
                   verified.signature->selector.toString() == key.selector.toString() &&
                   verified.publicKey == key.publicKey;
        });
    });
    return keys;
}

EmailAddress defaultTestSender(const DomainName& domain) {
    return EmailAddress::parse("postmaster@" + domain.toString()).value();
}

MailTestOutcome runMailTest(const MailTest& test, const MailTestTools& tools,
                            const std::function<void(MailTestStage)>& onStage, const std::stop_token& stop) {
    return Run(test.profile, tools, onStage, stop).send(test);
}

MailTestOutcome lookAgain(const MailTestAgain& test, const MailTestTools& tools,
                          const std::function<void(MailTestStage)>& onStage, const std::stop_token& stop) {
    return Run(test.profile, tools, onStage, stop).lookAgain(test);
}

void noteVerified(Profile& profile, std::span<const SigningKey> keys, const DomainName& receiver,
                  std::chrono::sys_seconds now) {
    auto& notes = profile.verified;
    for (const SigningKey& key : keys) {
        notes.push_back({key.fingerprint, receiver, now});
    }
    if (notes.size() > mostVerifiedMessages) {
        notes.erase(notes.begin(), notes.end() - static_cast<std::ptrdiff_t>(mostVerifiedMessages));
    }
}

bool noteReceived(Profile& profile, const verdict::Verdict& verdict, std::chrono::sys_seconds now) {
    const auto receiver = DomainName::parse(verdict.receivedBy);
    const auto keys = verifiedKeys(profile, verdict);
    if (!receiver || keys.empty()) {
        return false;
    }
    noteVerified(profile, keys, dmarc::registrableDomain(*receiver), now);
    return true;
}

} // namespace sealwright
