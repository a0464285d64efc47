#pragma once

#include "checks/check.h"

namespace sealwright {

/// Whether DNS block lists know the addresses that send.
void blocklistsCheck(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop);

} // namespace sealwright
