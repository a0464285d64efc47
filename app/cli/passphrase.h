#pragma once

#include "base/secretbytes.h"

#include <QString>

#include <optional>

namespace sealwright::cli {

/// From the environment variable, which is then removed from our environment, or else from a prompt on the terminal,
/// without echo. Nothing where there is neither, or the user typed none.
[[nodiscard]] std::optional<SecretBytes> passphraseFor(const char* variable, const QString& prompt);

} // namespace sealwright::cli
