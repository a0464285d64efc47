#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace sealwright::spf {

/// Where a macro stands: c, r and t are for explanations only (RFC 7208 section 7.2).
enum class MacroUse { domainSpec, explanation };

/// What the macro letters stand for in one record.
struct MacroValues {
    std::string sender;                  ///< s
    std::string localPart;               ///< l
    std::string senderDomain;            ///< o
    std::string domain;                  ///< d
    std::string dottedAddress;           ///< i: as it is, or the nibbles of IPv6 with dots.
    std::string validatedName;           ///< p, or "unknown"
    std::string addressKind;             ///< v: in-addr or ip6
    std::string helo;                    ///< h
    std::string address;                 ///< c: for people to read.
    std::string receiver = "unknown";    ///< r
    std::string secondsSinceEpoch = "0"; ///< t
};

/// The octets that `%{…}`, `%%`, `%_` or `%-` at the beginning of text takes, or 0 where it is none of them.
[[nodiscard]] std::size_t macroLength(std::string_view text, MacroUse use);

/// Whether text holds this macro letter (lower case), as p, whose value costs look-ups.
[[nodiscard]] bool hasMacro(std::string_view text, char letter);

/// Section 7: text with its macros expanded; nothing where a % is no macro, or it would be too long.
[[nodiscard]] std::optional<std::string> expand(std::string_view text, const MacroValues& values, MacroUse use);

} // namespace sealwright::spf
