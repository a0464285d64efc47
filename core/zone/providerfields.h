#pragma once

#include "dns/resourcerecord.h"

namespace sealwright {

/// A record as the form of a DNS provider asks for it.
struct ProviderFields {
    std::string host;  ///< Relative to the zone; "@" for the zone itself. The whole name where it lies outside.
    std::string type;
    std::string value; ///< TXT: the whole text without quotes. MX: the host without the preference.
    std::string priority; ///< MX only.
    long ttl;          ///< Seconds.
};

[[nodiscard]] ProviderFields providerFields(const ResourceRecord& record, const DomainName& zone);

} // namespace sealwright
