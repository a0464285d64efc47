#pragma once

#include "plan/comparison.h"
#include "zone/zoneedit.h"

namespace sealwright {

/// What a zone's file needs for these records, and those that belong into another zone.
struct ZoneChanges {
    std::vector<ZoneChange> changes;
    std::vector<PlannedRecord> elsewhere;
};

[[nodiscard]] ZoneChanges zoneChanges(std::span<const ComparedRecord> compared, const DomainName& zone);

} // namespace sealwright
