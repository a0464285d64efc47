#include "checks/tlsrptcheck.h"

namespace sealwright {

void tlsRptCheck(const CheckInput& /*input*/, const FindingSink& /*sink*/, const std::stop_token& /*stop*/) {}

} // namespace sealwright
