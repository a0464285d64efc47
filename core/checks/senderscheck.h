#pragma once

#include "checks/check.h"

namespace sealwright {

/// The names of the addresses that send: PTR, forward-confirmed, HELO.
void sendersCheck(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop);

} // namespace sealwright
