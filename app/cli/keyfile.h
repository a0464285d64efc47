#pragma once

#include "base/secretbytes.h"
#include "cli/outcome.h"

#include <string>

namespace sealwright::cli {

/// A PEM file, or standard input for "-"; at most 64 kB.
[[nodiscard]] Result<SecretBytes> readKeyFile(const std::string& path);

/// Mode 0600 from the first octet on; all or nothing. An existing file is replaced only when forced.
[[nodiscard]] Result<void> writeKeyFile(const std::string& path, const SecretBytes& pem, bool force);

} // namespace sealwright::cli
