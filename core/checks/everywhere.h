#pragma once

#include "checks/check.h"

namespace sealwright {

/// Where the resolver found no such record: whether name servers of its zone have one. If all do, the resolver only
/// remembers the time before; if some don't, it happened to ask one of those. That is told then, instead of that the
/// record is missing. `isOfKind` says which texts count; without it any record of that type does.
[[nodiscard]] bool isAtSomeServers(const CheckInput& input, Area area, const ResourceRecord& wanted,
                                   bool (*isOfKind)(std::string_view), const FindingSink& sink,
                                   const std::stop_token& stop);

} // namespace sealwright
