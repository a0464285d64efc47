#pragma once

#include "cli/context.h"

#include <string>

namespace sealwright::cli {

/// Takes over the domain's keys from a folder that was copied from a server, or from a KeyTable with the keys beside
/// it: all that can be told, or none. wrong: there is none; unknown: the DNS or the vault did not tell.
[[nodiscard]] Outcome importFolder(const Context& context, const std::string& domain, const std::string& folder);

/// For a protected key that is imported: SEALWRIGHT_KEY_PASSPHRASE, or the terminal.
[[nodiscard]] std::optional<SecretBytes> askKeyPassphrase(const std::stop_token& stop);
/// Says so where a key is so short that it is better replaced.
void warnIfWeak(const SigningKey& key);

} // namespace sealwright::cli
