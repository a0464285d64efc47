#include "live/livenetwork.h"

#include "live/httpsfetch.h"
#include "live/smtpprobe.h"

#include <thread>

namespace sealwright {

tl::expected<std::unique_ptr<Network>, Problem<NetworkError>> LiveNetwork::create(const NetworkOptions& options) {
    if (options.offline) {
        return std::make_unique<NoNetwork>();
    }
    auto network = std::unique_ptr<LiveNetwork>(new LiveNetwork(options));
    if (options.caFile && !network->trusted_.isUsable()) {
        const auto path = options.caFile->u8string();
        return tl::unexpected(problem(NetworkError::badCaFile, std::string(path.begin(), path.end())));
    }
    return network;
}

std::vector<SmtpSeen> LiveNetwork::probeSmtp(std::span<const SmtpTarget> targets, const DomainName& helo,
                                             const std::stop_token& stop) {
    std::vector<SmtpSeen> seen(targets.size());
    const auto deadline = std::chrono::steady_clock::now() + timeout_;
    std::vector<std::jthread> talking;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        talking.emplace_back([&, i] { seen[i] = probeSmtpServer(targets[i], helo, trusted_, deadline, stop); });
    }
    talking.clear();
    return seen;
}

HttpsSeen LiveNetwork::fetch(const HttpsTarget& target, const std::stop_token& stop) {
    return fetchFile(target, trusted_, std::chrono::steady_clock::now() + timeout_, stop);
}

} // namespace sealwright
