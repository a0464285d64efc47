#pragma once

#include "checks/check.h"

namespace sealwright {

void mxCheck(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop);

} // namespace sealwright
