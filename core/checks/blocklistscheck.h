#pragma once

#include "checks/check.h"

namespace sealwright {

/// Whether DNS block lists know the addresses that send, or the domain. Asking tells the lists' operators which ones
/// they are, so nothing but this check does it.
void blocklistsCheck(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop);

} // namespace sealwright
