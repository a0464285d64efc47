#pragma once

#include "cli/outcome.h"

#include <fstream>
#include <string>

namespace sealwright::cli {

/// Standard input for "-", else the file, which is opened; its octets as they are.
[[nodiscard]] Result<std::istream*> openInput(const std::string& name, std::ifstream& file);

} // namespace sealwright::cli
