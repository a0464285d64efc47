#pragma once

#include "base/secretbytes.h"

#include <QString>

#include <optional>
#include <stop_token>

namespace sealwright::cli {

/// A passphrase that is wanted, and where it may come from.
struct Passphrase {
    const char* variable; ///< Of the environment, from which it is removed.
    QString prompt;       ///< On the terminal, without echo, where the variable is not set.
    QString repeat;       ///< For a new one, which must be typed twice; else empty.
};

/// Nothing where there is neither variable nor terminal, or nothing was typed, or too much, or not the same twice, or
/// stop was requested.
[[nodiscard]] std::optional<SecretBytes> ask(const Passphrase& passphrase, const std::stop_token& stop);

} // namespace sealwright::cli
