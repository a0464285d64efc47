#pragma once

#include "names/ipaddress.h"

#include <chrono>
#include <filesystem>
#include <optional>
#include <vector>

namespace sealwright {

/// Whom a resolver asks.
struct ResolverOptions {
    struct Server {
        IpAddress address;
        std::uint16_t port = 53;
    };
    std::vector<Server> servers;                       ///< Empty: the system's.
    std::vector<std::filesystem::path> zoneFiles;      ///< Their zones are answered from them, whatever the DNS says.
    bool offline = false;                              ///< Ask nobody but the zone files.
    std::optional<std::filesystem::path> trustAnchors; ///< DS or DNSKEY records, instead of the root's.
    std::chrono::milliseconds timeout{10'000};         ///< For one call of the resolver.
};

enum class ResolverError {
    noSystemResolver,
    badServer,      ///< `what`: not ADDR or ADDR@PORT
    badZoneFile,    ///< `what`: the path, and why
    badTrustAnchor, ///< `what`: the path, and why
    library,        ///< `what`: libunbound's word
};

/// `192.0.2.1`, `192.0.2.1@5353`, `2001:db8::1@53`.
[[nodiscard]] tl::expected<ResolverOptions::Server, Problem<ResolverError>> parseServer(std::string_view text);

} // namespace sealwright
