#pragma once

#include "base/problem.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <source_location>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

/// What the fuzzers share. Each is one file <name>fuzz.cpp with the function above.
namespace sealwright::fuzz {

/// Ends the program where something that always holds does not: libFuzzer keeps the input then.
inline void require(bool holds, std::source_location place = std::source_location::current()) {
    if (!holds) {
        std::fprintf(stderr, "%s:%u: this does not hold\n", place.file_name(), static_cast<unsigned>(place.line()));
        std::abort();
    }
}

/// A refusal quotes little of what it is about.
template <class Code>
void requireShort(const Problem<Code>& refusal, std::source_location place = std::source_location::current()) {
    require(refusal.what.size() <= longestQuote, place);
}

/// The octets of the fuzzer, taken from the front.
class Input {
public:
    Input(const std::uint8_t* data, std::size_t size) : rest_(reinterpret_cast<const char*>(data), size) {}

    /// 0 at the end.
    std::uint8_t octet() {
        if (rest_.empty()) {
            return 0;
        }
        const auto value = static_cast<std::uint8_t>(rest_.front());
        rest_.remove_prefix(1);
        return value;
    }
    /// Up to the next line feed, without it.
    std::string_view line() {
        const std::string_view taken = rest_.substr(0, rest_.find('\n'));
        rest_.remove_prefix(std::min(taken.size() + 1, rest_.size()));
        return taken;
    }
    [[nodiscard]] std::string_view rest() const { return rest_; }

private:
    std::string_view rest_;
};

} // namespace sealwright::fuzz
