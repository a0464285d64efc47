#pragma once

#include <string>
#include <string_view>

/// The mustache escapes: what keeps a value a value in the file it is written to. The names we write are valid before
/// they come here; these are the last line, for the day one is not.
namespace sealwright {

/// For the tables of exim and OpenDKIM, and for paths: both split at blanks and colons, expand `*`, `$`, `%`, and know
/// no quotes, so every octet that a DNS name does not have becomes `_` (a line that matches nothing). Also within the
/// quotes of rspamd, which expands `$` and `{=` there.
[[nodiscard]] std::string tableWord(std::string_view text);

/// One word of POSIX sh, in single quotes (XCU section 2.2.2). NUL, which no word can hold, is left out.
[[nodiscard]] std::string shellWord(std::string_view text);

/// The inside of a JSON string (RFC 8259 section 7); octets that are not ASCII become `\u00XX`.
[[nodiscard]] std::string jsonText(std::string_view text);

/// For people: control characters, with which a terminal can be made to lie, become `?`.
[[nodiscard]] std::string plainText(std::string_view text);

} // namespace sealwright
