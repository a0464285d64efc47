#include "checks/mtastscheck.h"

namespace sealwright {

void mtaStsCheck(const CheckInput& /*input*/, const FindingSink& /*sink*/, const std::stop_token& /*stop*/) {}

} // namespace sealwright
