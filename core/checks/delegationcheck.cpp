#include "checks/delegationcheck.h"

namespace sealwright {

void delegationCheck(const CheckInput& /*input*/, const FindingSink& /*sink*/, const std::stop_token& /*stop*/) {}

} // namespace sealwright
