#pragma once

#include "dns/resolver.h"
#include "live/zonesources.h"

struct ub_ctx;

namespace sealwright {

/// Whom one libunbound context asks, and what it believes.
struct UnboundSettings {
    bool systemResolvers = false;
    std::vector<ResolverOptions::Server> forwarders{};
    bool recursive = false; ///< Ask from the root on, with libunbound's own list of its servers.
    std::vector<WholeZone> zones{};
    std::vector<std::string> trustAnchors{}; ///< One record each; empty: nothing is validated.
    bool zonesAreSigned = false;             ///< The anchors speak of `zones` too.

    /// Nothing leaves the process.
    [[nodiscard]] bool isOffline() const { return !systemResolvers && forwarders.empty() && !recursive; }
};

/// Makes a new context so, and closes it for changes. UB_NOERROR, or what libunbound says.
[[nodiscard]] int configure(ub_ctx* context, const UnboundSettings& settings);

} // namespace sealwright
