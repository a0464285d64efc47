#pragma once

#include <string>
#include <string_view>

namespace sealwright {

// The names of folders go over IMAP in a modified UTF-7 (RFC 3501 section 5.1.3, RFC 9051 appendix A.1).

/// From UTF-8; what is none becomes U+FFFD.
[[nodiscard]] std::string encodeMailboxName(std::string_view utf8);
/// To UTF-8; a name that is not encoded so stays as it is.
[[nodiscard]] std::string decodeMailboxName(std::string_view name);

} // namespace sealwright
