#pragma once

#include "checks/check.h"

namespace sealwright {

/// One address of a name server.
struct ServerAddress {
    DomainName host;
    NameServer server;

    [[nodiscard]] std::string label() const; ///< "ns1.example.org (192.0.2.1)"

    bool operator==(const ServerAddress&) const = default;
};

/// Every address of these name servers, of each at most a few. Nothing where none is known because the DNS did not
/// tell.
[[nodiscard]] std::optional<std::vector<ServerAddress>> addressesOf(const std::vector<DomainName>& hosts,
                                                                    Resolver& resolver, const std::stop_token& stop);

/// Every address of the servers that a delegation names: as it gives them, else as the DNS does; of each at most a few.
[[nodiscard]] std::vector<ServerAddress> addressesOf(const Delegation& delegation, Resolver& resolver,
                                                     const std::stop_token& stop);

/// Whom the zone above names as the servers of the zone that this name lives in; nothing where it does not say so.
[[nodiscard]] std::optional<Delegation> delegationOf(const CheckInput& input, const DomainName& name,
                                                     const std::stop_token& stop);

/// Every address of every server that the zone names as its own; none where they can't be asked.
[[nodiscard]] std::vector<ServerAddress> nameServersOf(const CheckInput& input, const DomainName& zone,
                                                       const std::stop_token& stop);

} // namespace sealwright
