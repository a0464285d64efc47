#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sealwright {

/// The character-strings of at most 255 octets that one TXT record's text is published as (RFC 1035 section 3.3.14).
[[nodiscard]] std::vector<std::string> txtStrings(std::string_view text);

/// `"…" "…"` with the escapes of RFC 1035 section 5.1: \" \ and \DDD for what does not print.
[[nodiscard]] std::string quotedTxt(std::string_view text);

/// Adds one octet as a zone file writes it: \X where it is one of `special`, \DDD where it does not print.
void appendEscaped(std::string& out, char octet, std::string_view special);

} // namespace sealwright
