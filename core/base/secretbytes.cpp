#include "base/secretbytes.h"

#include <algorithm>
#include <openssl/crypto.h>
#include <utility>

namespace sealwright {

SecretBytes::SecretBytes(std::size_t size) : data_(size == 0 ? nullptr : new char[size]{}), size_(size) {}

SecretBytes::SecretBytes(std::string_view copied) : SecretBytes(copied.size()) {
    std::ranges::copy(copied, data_);
}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
    if (this != &other) {
        wipe();
        data_ = std::exchange(other.data_, nullptr);
        size_ = std::exchange(other.size_, 0);
    }
    return *this;
}

SecretBytes::~SecretBytes() {
    wipe();
}

void SecretBytes::append(std::string_view more) {
    SecretBytes joined(size_ + more.size());
    std::ranges::copy(more, std::ranges::copy(view(), joined.data_).out);
    *this = std::move(joined);
}

void SecretBytes::truncate(std::size_t size) {
    if (size < size_) {
        *this = SecretBytes(view().substr(0, size));
    }
}

void SecretBytes::wipe() {
    if (data_ != nullptr) {
        OPENSSL_cleanse(data_, size_); // a plain memset would be optimized away
        delete[] data_;
    }
    data_ = nullptr;
    size_ = 0;
}

} // namespace sealwright
