#pragma once

#include "names/domainname.h"
#include "names/ipaddress.h"

#include <span>

namespace sealwright {

/// What one of a list's A records says.
enum class Listing {
    listed,
    policy,  ///< Not for anything it did: it is of a kind that is not to send mail itself.
    refused, ///< The list does not answer this resolver; it says nothing of what was asked for.
    broken,  ///< No word of a list: somebody else answers at its name.
};

/// A DNS block list (RFC 5782) that can be asked without registering.
struct Blocklist {
    std::string_view zone;
    std::string_view name; ///< As its operator calls it.
    std::string_view page; ///< Where it says why, and takes what is listed off.
    bool ofDomains;        ///< It lists domains, not addresses.
    bool takesV6;
    bool isLarge; ///< Most receivers look at it.
    /// RFC 5782 section 5: what every list lists, and what none does; where the first is missing, the list is dead, and
    /// where the second is there, it lists everything.
    std::string_view alwaysListed;
    std::string_view neverListed;
};

/// Those that a small mail server meets, as of November 2026.
[[nodiscard]] std::span<const Blocklist> blocklists();

[[nodiscard]] Listing meaning(const Blocklist& list, const IpAddress& record);

/// RFC 5782 sections 2.1, 2.4 and 3: where the list's records of an address or a domain are.
[[nodiscard]] std::optional<DomainName> listingName(const Blocklist& list, const IpAddress& address);
[[nodiscard]] std::optional<DomainName> listingName(const Blocklist& list, std::string_view entry);

} // namespace sealwright
