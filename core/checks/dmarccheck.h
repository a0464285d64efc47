#pragma once

#include "checks/check.h"

namespace sealwright {

void dmarcCheck(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop);

} // namespace sealwright
