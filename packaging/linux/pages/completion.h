#pragma once

#include "pages/words.h"

namespace sealwright::cli {

/// What a shell needs to complete commands, options, their values, files, and the domains that are set up.
[[nodiscard]] std::string bashCompletion(const CommandWords& program);
[[nodiscard]] std::string zshCompletion(const CommandWords& program);
[[nodiscard]] std::string fishCompletion(const CommandWords& program);

} // namespace sealwright::cli
