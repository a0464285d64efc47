#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sealwright {

/// The types of the DNS that mail authentication needs, with their numbers.
enum class RecordType : std::uint16_t {
    a = 1,
    ns = 2,
    cname = 5,
    soa = 6,
    ptr = 12,
    mx = 15,
    txt = 16,
    aaaa = 28,
    ds = 43,
    tlsa = 52,
};

[[nodiscard]] std::string_view toString(RecordType type); ///< "A", "TXT", …
[[nodiscard]] std::optional<RecordType> recordTypeFromString(std::string_view text);

} // namespace sealwright
