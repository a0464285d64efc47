#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sealwright {

/// RFC 4648 section 4, with padding, without line breaks.
[[nodiscard]] std::string base64Encode(std::string_view octets);

/// Accepts folding white space anywhere, as DKIM does (RFC 6376 section 2.10); nothing when it is not base64.
[[nodiscard]] std::optional<std::string> base64Decode(std::string_view text);

} // namespace sealwright
