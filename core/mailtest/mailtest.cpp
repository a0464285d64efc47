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

class Run {
public:
    Run(const MailTest& test, const MailTestTools& tools, const std::function<void(MailTestStage)>& onStage,
        const std::stop_token& stop)
        : test_(test), tools_(tools), onStage_(onStage), stop_(stop) {}

    [[nodiscard]] MailTestOutcome run() {
        onStage_(MailTestStage::sending);
        if (auto lost = findHosts()) {
            outcome_.problem = std::move(lost);
            return std::move(outcome_);
        }
        const auto began = std::chrono::steady_clock::now();
        const TestMessage message = composeTestMessage(test_.from, test_.to, tools_.clock.now(), randomToken());
        if (auto sent = tools_.courier.send(test_.submission, test_.from, test_.to, message.source, stop_); !sent) {
            outcome_.problem = std::move(sent.error());
            return std::move(outcome_);
        }
        outcome_.messageId = message.id;
        if (test_.mailbox) {
            waitFor(message, began);
        }
        return std::move(outcome_);
    }

private:
    // The mailbox's too, so that nothing is sent in vain.
    [[nodiscard]] std::optional<CourierProblem> findHosts() {
        auto lost = findAddresses(test_.submission, tools_.resolver, stop_);
        return lost || !test_.mailbox ? lost : findAddresses(test_.mailbox->account, tools_.resolver, stop_);
    }

    void waitFor(const TestMessage& message, std::chrono::steady_clock::time_point began) {
        onStage_(MailTestStage::waiting);
        const auto fetched = tools_.courier.fetch(*test_.mailbox, message.id, message.token, test_.patience, stop_);
        if (!fetched) {
            outcome_.problem = fetched.error();
            return;
        }
        const auto took = std::chrono::round<std::chrono::seconds>(std::chrono::steady_clock::now() - began);
        onStage_(MailTestStage::judging);
        std::istringstream source(fetched->source);
        auto verdict = verdict::judge(source, std::nullopt, tools_.resolver, tools_.clock.now(), stop_);
        if (stop_.stop_requested() || !verdict) {
            outcome_.problem = problem(verdict ? CourierError::cancelled : CourierError::garbled, fetched->source);
            return;
        }
        auto keys = verifiedKeys(test_.profile, *verdict);
        outcome_.arrival = Arrival{fetched->folder, fetched->isJunk, took, std::move(*verdict), std::move(keys)};
    }

    const MailTest& test_;
    const MailTestTools& tools_;
    const std::function<void(MailTestStage)>& onStage_;
    const std::stop_token& stop_;
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
    return Run(test, tools, onStage, stop).run();
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
