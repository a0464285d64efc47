#pragma once

#include "checks/check.h"

namespace sealwright {

/// Who serves the zone, whether all of them say the same, and whether its signatures are right.
void delegationCheck(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop);

} // namespace sealwright
