#pragma once

#include "checks/check.h"

namespace sealwright {

/// RFC 8460: who gets reports about TLS.
void tlsRptCheck(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop);

} // namespace sealwright
