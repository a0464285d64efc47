#include "base/digest.h"

#include <array>
#include <openssl/sha.h>

namespace sealwright {

std::string sha256Hex(std::string_view octets) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(octets.data()), octets.size(), digest.data());
    std::string hex;
    for (const unsigned char octet : digest) {
        hex += digits[octet >> 4U];
        hex += digits[octet & 15U];
    }
    return hex;
}

} // namespace sealwright
