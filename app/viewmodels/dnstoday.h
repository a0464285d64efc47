#pragma once

#include "plan/published.h"

namespace sealwright {

/// What the DNS says of a domain today, and who says it.
struct DnsToday {
    Published published;
    std::vector<DomainName> nameServers; ///< Of the zone the domain lives in; empty where that is not known.
};

/// Blocks for about three round trips.
[[nodiscard]] DnsToday readDnsToday(const Profile& profile, Resolver& resolver, std::stop_token stop);

} // namespace sealwright
