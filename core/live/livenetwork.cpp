#include "live/livenetwork.h"

#include "live/httpsfetch.h"

namespace sealwright {

tl::expected<std::unique_ptr<Network>, Problem<NetworkError>> LiveNetwork::create(const NetworkOptions& options) {
    if (options.offline) {
        return std::make_unique<NoNetwork>();
    }
    return makeTrustStore(options).map([&](TrustStore trusted) -> std::unique_ptr<Network> {
        return std::unique_ptr<LiveNetwork>(new LiveNetwork(options, std::move(trusted)));
    });
}

std::vector<SmtpSeen> LiveNetwork::probeSmtp(std::span<const SmtpTarget> targets, const DomainName& helo,
                                             const std::stop_token& stop) {
    return conversations_.hold(targets, helo, stop);
}

HttpsSeen LiveNetwork::fetch(const HttpsTarget& target, const std::stop_token& stop) {
    return fetchFile(target, trusted_, std::chrono::steady_clock::now() + timeout_, stop);
}

} // namespace sealwright
