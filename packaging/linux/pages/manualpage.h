#pragma once

#include "cli/commandline.h"

namespace sealwright::cli {

/// sealwright-cli(1) in the man macros of groff_man(7).
[[nodiscard]] std::string manualPage(const CommandLine& line);

} // namespace sealwright::cli
