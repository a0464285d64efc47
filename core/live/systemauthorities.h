#pragma once

#include <filesystem>
#include <optional>

namespace sealwright {

/// The certificate authorities of a system on which OpenSSL was not built: their file, where OpenSSL by itself finds
/// none. Nothing as well where the user says by SSL_CERT_FILE or SSL_CERT_DIR where they are. `root`: of the file
/// system.
[[nodiscard]] std::optional<std::filesystem::path> otherSystemAuthorities(const std::filesystem::path& root = "/");

} // namespace sealwright
