#pragma once

#include <string>
#include <string_view>

namespace sealwright {

/// The names of mail's RFCs differ in more than the case of ASCII letters; all other octets stay as they are.
[[nodiscard]] constexpr char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Without these characters at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text, std::string_view blanks = " \t\r\n");
[[nodiscard]] std::string lowered(std::string_view text);
[[nodiscard]] bool sameLetters(std::string_view a, std::string_view b); ///< Equal but for the case of letters.

} // namespace sealwright
