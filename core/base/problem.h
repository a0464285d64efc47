#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sealwright {

/// Why an input was refused: the kind (one enum per parser), the words it is about, and where they begin.
/// It never holds a sentence: app/text finds the words for the user.
template <class Code>
struct Problem {
    Code code;
    std::string what;      ///< The offending part as it was given, at most `longestQuote` octets; any octets.
    std::size_t where = 0; ///< Octet offset of `what` in the input.

    bool operator==(const Problem&) const = default;
};

inline constexpr std::size_t longestQuote = 120;

template <class Code>
Problem<Code> problem(Code code, std::string_view what = {}, std::size_t where = 0) {
    return {code, std::string(what.substr(0, longestQuote)), where};
}

} // namespace sealwright
