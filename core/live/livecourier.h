#pragma once

#include "checks/networkoptions.h"
#include "live/truststore.h"
#include "mailtest/courier.h"

namespace sealwright {

/// Real mail servers.
class LiveCourier final : public MessageCourier {
public:
    /// Off line it is none: NoCourier.
    [[nodiscard]] static tl::expected<std::unique_ptr<MessageCourier>, Problem<NetworkError>>
    create(const NetworkOptions& options);

    [[nodiscard]] tl::expected<void, CourierProblem> send(const MailAccount& account, const EmailAddress& from,
                                                          const EmailAddress& to, std::string_view message,
                                                          const std::stop_token& stop) override;
    [[nodiscard]] tl::expected<std::unique_ptr<OpenMailbox>, CourierProblem> open(const Mailbox& mailbox,
                                                                                  const std::stop_token& stop) override;

private:
    LiveCourier(std::chrono::milliseconds timeout, TrustStore trusted)
        : timeout_(timeout), trusted_(std::move(trusted)) {}

    const std::chrono::milliseconds timeout_;
    const TrustStore trusted_;
};

} // namespace sealwright
