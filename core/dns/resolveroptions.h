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
    std::vector<Server> servers; ///< Empty: the system's.
    /// With an SOA: the whole zone is answered from the file, whatever the DNS says. Without: its records stand in for
    /// those the DNS has at their names and types; what it does not hold is for the DNS to say.
    std::vector<std::filesystem::path> zoneFiles;
    bool offline = false;                              ///< Ask nobody but the zone files.
    std::optional<std::filesystem::path> trustAnchors; ///< DS or DNSKEY records, instead of the root's.
    std::chrono::milliseconds timeout{10'000};         ///< For one call of the resolver.
};

enum class ResolverError {
    noSystemResolver,
    badServer,       ///< `what`: not ADDR or ADDR@PORT
    unreadableFile,  ///< `what`: the path of a zone or trust anchor file that is not there, no file, or over 16 MB
    badZoneFile,     ///< `what`: path:line: the words there; `where`: the line, 0 where it is the file as a whole
    zoneNameUnknown, ///< `what`: path:line: a name that is relative, while neither $ORIGIN nor the file's name say to
                     ///< what
    badTrustAnchor,  ///< As badZoneFile.
    library,         ///< `what`: libunbound's word
};

/// `192.0.2.1`, `192.0.2.1@5353`, `2001:db8::1@53`.
[[nodiscard]] tl::expected<ResolverOptions::Server, Problem<ResolverError>> parseServer(std::string_view text);

} // namespace sealwright
