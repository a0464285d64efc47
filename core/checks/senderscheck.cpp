#include "checks/senderscheck.h"

namespace sealwright {

void sendersCheck(const CheckInput& /*input*/, const FindingSink& /*sink*/, const std::stop_token& /*stop*/) {}

} // namespace sealwright
