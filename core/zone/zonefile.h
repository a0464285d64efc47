#pragma once

#include "dns/resourcerecord.h"
#include "zone/masterfile.h"

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

/// What a zone file says, as far as mail authentication asks for it.
struct ZoneFile {
    struct Record {
        DomainName name;
        RecordType type;
        std::chrono::seconds ttl;
        std::string rdata; ///< Wire format.
    };
    std::optional<DomainName> zone; ///< The owner of its SOA; without one it is a part of a zone, like zoneText's.
    std::vector<Record> records;    ///< Of the types we know, with names a DomainName can be.
};

/// Decoded; its value is empty where the data are broken.
[[nodiscard]] ResourceRecord resourceRecord(const ZoneFile::Record& record);

/// `where` of the problem is a line, from 1. `origin`: what names are relative to until the file says otherwise.
[[nodiscard]] tl::expected<ZoneFile, Problem<MasterFileError>>
readZoneFile(std::string_view text, const std::optional<DomainName>& origin, const std::stop_token& stop = {});

/// `db.example.org`, `example.org.zone`: BIND knows a zone's name from its configuration, so the file need not say it.
[[nodiscard]] std::optional<DomainName> zoneNameOfFile(std::string_view fileName);

[[nodiscard]] std::string absoluteName(const DomainName& name); ///< With the dot at the end.

/// The name as it is written below `origin`: "@" for origin itself; nothing for a name outside.
[[nodiscard]] std::optional<std::string> relativeName(const DomainName& name, const DomainName& origin);

} // namespace sealwright
