#pragma once

#include "dns/resourcerecord.h"

namespace sealwright {

/// A record as the form of a DNS provider asks for it.
struct ProviderFields {
    std::string host; ///< Relative to the zone; "@" for the zone itself. The whole name where it lies outside.
    std::string type;
    /// TXT: the whole text without quotes. MX: the host without the preference. Names keep the dot at their end: a form
    /// that does not want it says so, one that needs it would silently append the domain.
    std::string value;
    std::string priority; ///< MX only.
    long ttl;             ///< Seconds.
};

[[nodiscard]] ProviderFields providerFields(const ResourceRecord& record, const DomainName& zone);

} // namespace sealwright
