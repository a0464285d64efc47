#pragma once

#include "zone/linediff.h"
#include "zone/zonefile.h"

#include <cstdint>

namespace sealwright {

/// A record to be in a zone, and those of the zone that it takes the place of.
struct ZoneChange {
    ResourceRecord record;
    std::vector<ResourceRecord> replaces;
};

enum class ZoneEditError {
    unreadable,  ///< `what` and `where` as MasterFileReader tells them.
    noSoa,       ///< A part of a zone: there is no serial to raise.
    badSerial,   ///< `what`
    signedZone,  ///< It holds RRSIG records, which a change makes wrong.
    outsideZone, ///< `what`: the name of the record
    delegated,   ///< `what`: the name that is another zone's from there on
    alias,       ///< `what`: a name with a CNAME, which can hold nothing else (RFC 1034 section 3.6.2).
    tangled,     ///< Other records would change with it, because they take their TTL from one that goes.
};

struct ZoneEditProblem {
    Problem<ZoneEditError> problem;            ///< `where` is a line, from 1.
    std::optional<MasterFileError> unreadable; ///< Why.
};

struct ZoneEdit {
    DomainName zone;
    std::string text; ///< All octets but those of the changes are as they were.
    std::uint32_t oldSerial;
    std::uint32_t newSerial;
    std::vector<DiffLine> diff;
};

/// The zone file with these records in it, each in the place of what it replaces, or below the names next to it. No
/// changes: the text stays as it is, serial and all. `origin`: what names are relative to until the file says
/// otherwise. The result has been read again: nothing else in it has changed.
[[nodiscard]] tl::expected<ZoneEdit, ZoneEditProblem>
editZone(std::string_view text, const std::optional<DomainName>& origin, std::span<const ZoneChange> changes,
         std::chrono::year_month_day today, const std::stop_token& stop = {});

/// One more, or today's first where serials are dates (2026112801), which is what RFC 1912 section 2.2 proposes.
[[nodiscard]] std::uint32_t nextSerial(std::uint32_t serial, std::chrono::year_month_day today);

} // namespace sealwright
