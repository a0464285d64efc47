#include "checks/danecheck.h"

namespace sealwright {

void daneCheck(const CheckInput& /*input*/, const FindingSink& /*sink*/, const std::stop_token& /*stop*/) {}

} // namespace sealwright
