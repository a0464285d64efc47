#include "checks/blocklistscheck.h"

namespace sealwright {

void blocklistsCheck(const CheckInput& /*input*/, const FindingSink& /*sink*/, const std::stop_token& /*stop*/) {}

} // namespace sealwright
