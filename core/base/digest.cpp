#include "base/digest.h"

#include <new>
#include <openssl/evp.h>

namespace sealwright {
namespace {

EVP_MD_CTX* of(void* context) {
    return static_cast<EVP_MD_CTX*>(context);
}

} // namespace

void Sha256::Free::operator()(void* context) const {
    EVP_MD_CTX_free(of(context));
}

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
    if (!context_ || EVP_DigestInit_ex(of(context_.get()), EVP_sha256(), nullptr) != 1) {
        throw std::bad_alloc(); // It fails for no other reason.
    }
}

void Sha256::add(std::string_view octets) {
    EVP_DigestUpdate(of(context_.get()), octets.data(), octets.size());
}

std::string Sha256::finish() {
    std::string digest(32, '\0');
    EVP_DigestFinal_ex(of(context_.get()), reinterpret_cast<unsigned char*>(digest.data()), nullptr);
    return digest;
}

std::string sha256Hex(std::string_view octets) {
    constexpr std::string_view digits = "0123456789abcdef";
    Sha256 hash;
    hash.add(octets);
    std::string hex;
    for (const char c : hash.finish()) {
        const auto octet = static_cast<unsigned char>(c);
        hex += digits[octet >> 4U];
        hex += digits[octet & 15U];
    }
    return hex;
}

} // namespace sealwright
