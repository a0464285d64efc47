#pragma once

#include "checks/check.h"

namespace sealwright {

/// RFC 7672: whether TLSA records fit the certificates that the mail servers show.
void daneCheck(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop);

} // namespace sealwright
