#pragma once

#include "dns/resourcerecord.h"

#include <optional>
#include <span>

namespace sealwright {

enum class ZoneNames {
    relative, ///< `_dmarc`, `@`: to be pasted below the zone's own $ORIGIN.
    absolute, ///< `_dmarc.example.org.`
};

/// Zone text that BIND accepts (RFC 1035 section 5), one record per line, long TXT split and in parentheses.
/// No $ORIGIN and no SOA: it is a part of a zone, to be pasted or included.
/// `origin` is the zone's name; records outside it are written absolute.
[[nodiscard]] std::string zoneText(std::span<const ResourceRecord> records, const DomainName& origin, ZoneNames names);

[[nodiscard]] std::string absoluteName(const DomainName& name); ///< With the dot at the end.

/// The name as it is written below `origin`: "@" for origin itself; nothing for a name outside.
[[nodiscard]] std::optional<std::string> relativeName(const DomainName& name, const DomainName& origin);

} // namespace sealwright
