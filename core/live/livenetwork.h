#pragma once

#include "checks/network.h"
#include "live/truststore.h"

#include <chrono>

namespace sealwright {

struct NetworkOptions {
    std::chrono::milliseconds timeout{10'000};   ///< For one conversation.
    std::optional<std::filesystem::path> caFile; ///< Trust these authorities (PEM) instead of the system's.
};

enum class NetworkError {
    badCaFile, ///< `what`: the path of a file without certificates, or that can't be read
};

/// The real network.
class LiveNetwork final : public Network {
public:
    [[nodiscard]] static tl::expected<std::unique_ptr<LiveNetwork>, Problem<NetworkError>>
    create(const NetworkOptions& options);

    [[nodiscard]] std::vector<SmtpSeen> probeSmtp(std::span<const SmtpTarget> targets, const DomainName& helo,
                                                  const std::stop_token& stop) override;
    [[nodiscard]] HttpsSeen fetch(const HttpsTarget& target, const std::stop_token& stop) override;

private:
    explicit LiveNetwork(const NetworkOptions& options) : timeout_(options.timeout), trusted_(options.caFile) {}

    const std::chrono::milliseconds timeout_;
    const TrustStore trusted_;
};

} // namespace sealwright
