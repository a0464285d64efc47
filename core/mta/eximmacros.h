#pragma once

#include "plan/profile.h"

namespace sealwright {

/// The lines for the main section of exim's configuration: which mail is signed, with which key.
[[nodiscard]] std::string eximMacros(Stack stack);

} // namespace sealwright
