#pragma once

#include "checks/check.h"

namespace sealwright {

/// RFC 8461: the record, the policy behind it, and whether the mail servers fit.
void mtaStsCheck(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop);

} // namespace sealwright
