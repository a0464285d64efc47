#pragma once

#include <string>
#include <string_view>
#include <vector>

/// A mail as octets: RFC 5322.
namespace sealwright::message {

/// One header field as it stands in the message.
struct HeaderField {
    std::string name; ///< As written, without white space behind it.
    std::string raw;  ///< From the name to the end of the field, folding kept, lines ended by CRLF, without the last.

    /// What stands behind the colon.
    [[nodiscard]] std::string_view value() const;
    [[nodiscard]] bool isNamed(std::string_view other) const; ///< Names differ in more than case.
};

/// How the lines of a file end. What went over SMTP had CRLF; files are often saved without the CR.
enum class LineEndings { crlf, lf, mixed };

/// The header of a message, and where its body begins.
struct Header {
    std::vector<HeaderField> fields;
    std::size_t bodyBegin = 0; ///< Octet offset behind the empty line; the size of the input where there is none.
    LineEndings lineEndings = LineEndings::crlf;

    [[nodiscard]] static Header parse(std::string_view message);
};

} // namespace sealwright::message
