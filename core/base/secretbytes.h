#pragma once

#include <cstddef>
#include <string_view>

namespace sealwright {

/// Octets that must not be left behind in memory: move-only, wiped when freed, without a way to print them.
class SecretBytes {
public:
    SecretBytes() = default;
    explicit SecretBytes(std::size_t size);
    explicit SecretBytes(std::string_view copied);
    SecretBytes(SecretBytes&& other) noexcept;
    SecretBytes& operator=(SecretBytes&& other) noexcept;
    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;
    ~SecretBytes();

    [[nodiscard]] char* data() { return data_; }
    [[nodiscard]] const char* data() const { return data_; }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    /// Valid while this object lives and is not changed. Do not copy it into a std::string.
    [[nodiscard]] std::string_view view() const { return {data_, size_}; }

    void append(std::string_view more);
    /// Drops (and wipes) everything behind the first `size` octets.
    void truncate(std::size_t size);

private:
    void wipe();

    char* data_ = nullptr;
    std::size_t size_ = 0;
};

} // namespace sealwright
