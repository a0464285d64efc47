#include "checks/smtpcheck.h"

namespace sealwright {

void smtpCheck(const CheckInput& /*input*/, const FindingSink& /*sink*/, const std::stop_token& /*stop*/) {}

} // namespace sealwright
