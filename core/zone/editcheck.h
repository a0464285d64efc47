#pragma once

#include "zone/zoneedit.h"

namespace sealwright {

enum class EditFault {
    unreadable, ///< The new text is no zone file. `where`: the line
    missing,    ///< `what`: the name and type of a record that was to be in it
    lost,       ///< The same of one that was to stay.
    strange,    ///< The same of one that nobody asked for.
};

/// Reads both texts anew, whoever made the second one: every wanted record is in it, what it replaces is gone, and all
/// other records are the same; of the SOA only the serial may differ. Nothing: so it is.
[[nodiscard]] std::optional<Problem<EditFault>> faultOf(std::string_view before, std::string_view after,
                                                        const std::optional<DomainName>& origin,
                                                        std::span<const ZoneChange> changes,
                                                        const std::stop_token& stop = {});

} // namespace sealwright
