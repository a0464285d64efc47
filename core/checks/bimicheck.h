#pragma once

#include "checks/check.h"

namespace sealwright {

/// The optional BIMI record.
void bimiCheck(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop);

} // namespace sealwright
