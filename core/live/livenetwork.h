#pragma once

#include "checks/network.h"
#include "checks/networkoptions.h"
#include "live/smtpconversations.h"

namespace sealwright {

/// The real network.
class LiveNetwork final : public Network {
public:
    /// Off line it is none: NoNetwork.
    [[nodiscard]] static tl::expected<std::unique_ptr<Network>, Problem<NetworkError>>
    create(const NetworkOptions& options);

    [[nodiscard]] std::vector<SmtpSeen> probeSmtp(std::span<const SmtpTarget> targets, const DomainName& helo,
                                                  const std::stop_token& stop) override;
    [[nodiscard]] HttpsSeen fetch(const HttpsTarget& target, const std::stop_token& stop) override;

private:
    LiveNetwork(const NetworkOptions& options, TrustStore trusted)
        : timeout_(options.timeout)
        , trusted_(std::move(trusted))
        , conversations_(trusted_, options.timeout, options.remember) {}

    const std::chrono::milliseconds timeout_;
    const TrustStore trusted_;
    SmtpConversations conversations_;
};

} // namespace sealwright
