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

    std::vector<Sent> sent;
    std::optional<CourierProblem> refusal;           ///< To send.
    std::function<std::string(const Sent&)> arrives; ///< As what; unset: not at all.
    std::string folder = "INBOX";
    bool isJunk = false;

    [[nodiscard]] tl::expected<void, CourierProblem> send(const MailAccount& account, const EmailAddress& from,
                                                          const EmailAddress& to, std::string_view message,
                                                          const std::stop_token& stop) override {
        if (stop.stop_requested()) {
            return tl::unexpected(problem(CourierError::cancelled));
        }
        if (refusal) {
            return tl::unexpected(*refusal);
        }
        sent.push_back({account.server.host.toString(), account.user, std::string(account.password.view()), from, to,
                        std::string(message)});
        return {};
    }

    [[nodiscard]] tl::expected<FetchedMessage, CourierProblem>
    fetch(const Mailbox& /*mailbox*/, std::string_view /*messageId*/, std::string_view /*subjectWord*/,
          std::chrono::seconds /*patience*/, const std::stop_token& /*stop*/) override {
        if (!arrives) {
            return tl::unexpected(problem(CourierError::notArrived));
        }
        return FetchedMessage{arrives(sent.back()), folder, isJunk};
    }
};

} // namespace sealwright::test
