#pragma once

#include "mailtest/courier.h"

#include <functional>
#include <mutex>

namespace sealwright::test {

/// A MessageCourier that keeps what it was given, and delivers it as it is told to.
class FakeCourier final : public MessageCourier {
public:
    struct Sent {
        std::string host;
        std::string user;
        std::string password;
        EmailAddress from;
        EmailAddress to;
        std::string message;
    };

    struct Opened {
        std::string host;
        std::string password;
    };

    std::vector<Sent> sent;
    std::vector<Opened> opened;
    std::vector<SentMessage> awaited;
    std::optional<CourierProblem> refusal; ///< To send.
    std::optional<CourierProblem> mailboxRefusal;
    std::function<std::string(const Sent&)> arrives; ///< As what; unset: not at all.
    std::string folder = "INBOX";
    bool isJunk = false;

    [[nodiscard]] tl::expected<void, CourierProblem> send(const MailAccount& account, const EmailAddress& from,
                                                          const EmailAddress& to, std::string_view message,
                                                          const std::stop_token& stop) override {
        if (stop.stop_requested()) {
            return tl::unexpected(problem(CourierError::cancelled));
        }
        if (refusal && refusal->code != CourierError::perhapsSent) {
            return tl::unexpected(*refusal);
        }
        sent.push_back({account.server.host.toString(), account.user, std::string(account.password.view()), from, to,
                        std::string(message)});
        if (refusal) {
            return tl::unexpected(*refusal);
        }
        return {};
    }

    [[nodiscard]] tl::expected<std::unique_ptr<OpenMailbox>, CourierProblem>
    open(const Mailbox& mailbox, const std::stop_token& /*stop*/) override {
        if (mailboxRefusal) {
            return tl::unexpected(*mailboxRefusal);
        }
        opened.push_back({mailbox.account.server.host.toString(), std::string(mailbox.account.password.view())});
        return std::make_unique<FakeMailbox>(*this);
    }

private:
    class FakeMailbox final : public OpenMailbox {
    public:
        explicit FakeMailbox(FakeCourier& courier) : courier_(courier) {}

        [[nodiscard]] tl::expected<FetchedMessage, CourierProblem> waitFor(const SentMessage& message,
                                                                           std::chrono::seconds /*patience*/) override {
            courier_.awaited.push_back(message);
            if (!courier_.arrives) {
                return tl::unexpected(problem(CourierError::notArrived));
            }
            return FetchedMessage{courier_.arrives(courier_.sent.back()), courier_.folder, courier_.isJunk};
        }

    private:
        FakeCourier& courier_;
    };
};

} // namespace sealwright::test
