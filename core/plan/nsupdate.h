#pragma once

#include "plan/comparison.h"

namespace sealwright {

struct NsupdateScript {
    std::string text;                   ///< Empty where nothing is to be changed.
    std::vector<PlannedRecord> leftOut; ///< The DNS did not tell what stands at their names.
};

/// What nsupdate (BIND) sends to bring these records about: one update per zone (RFC 2136), which removes exactly the
/// records they take the place of, octet for octet, and only where all that stands at their names is still what was
/// seen. `server`: whom to send it to; empty: the zone's primary.
[[nodiscard]] NsupdateScript nsupdateScript(std::span<const ComparedRecord> compared, const Published& published,
                                            std::string_view server = {});

} // namespace sealwright
