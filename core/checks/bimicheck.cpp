#include "checks/bimicheck.h"

namespace sealwright {

void bimiCheck(const CheckInput& /*input*/, const FindingSink& /*sink*/, const std::stop_token& /*stop*/) {}

} // namespace sealwright
