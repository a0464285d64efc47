#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace sealwright {

/// SHA-256 (FIPS 180-4), piece by piece.
class Sha256 {
public:
    Sha256();
    void add(std::string_view octets);
    [[nodiscard]] std::string finish(); ///< 32 octets; once.

private:
    struct Free {
        void operator()(void* context) const;
    };
    std::unique_ptr<void, Free> context_;
};

/// SHA-256 in lower-case hex.
[[nodiscard]] std::string sha256Hex(std::string_view octets);

} // namespace sealwright
