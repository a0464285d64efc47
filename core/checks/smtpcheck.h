#pragma once

#include "checks/check.h"

namespace sealwright {

/// What the mail servers say on port 25.
void smtpCheck(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop);

} // namespace sealwright
