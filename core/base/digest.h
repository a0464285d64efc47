#pragma once

#include <string>
#include <string_view>

namespace sealwright {

/// SHA-256 (FIPS 180-4) in lower-case hex.
[[nodiscard]] std::string sha256Hex(std::string_view octets);

} // namespace sealwright
