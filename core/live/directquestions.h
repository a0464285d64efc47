#pragma once

#include "dns/resolver.h"

namespace sealwright {

/// Asks servers themselves, each question in a datagram, and over TCP where the reply has no room. What has no reply at
/// the deadline has timed out; what is open at a stop is cancelled.
[[nodiscard]] std::vector<Reply> askDirectly(std::span<const ServerQuestion> questions,
                                             std::chrono::steady_clock::time_point deadline,
                                             const std::stop_token& stop);

} // namespace sealwright
