#pragma once

#include "cli/context.h"

#include <string>
#include <vector>

namespace sealwright::cli {

/// Sees to it that the profile has a key of each algorithm and that the vault holds it. Keys that are there are used
/// again; a key that the vault has lost, or that it can't tell of, is a failure and never a reason for a new one.
/// `selector`: for the first of them; further ones get "-" and the algorithm behind it. Empty: by kind and month.
[[nodiscard]] Result<void> ensureKeys(const Context& context, StoredProfile& stored,
                                      const std::vector<KeyAlgorithm>& algorithms, const std::string& selector);

/// Makes a new key, stores it, and saves the profile with it.
[[nodiscard]] Result<SigningKey> createKey(const Context& context, StoredProfile& stored, KeyAlgorithm algorithm,
                                           const std::string& selector);

/// Stores a key that came from elsewhere, and saves the profile with it.
[[nodiscard]] Result<SigningKey> addKey(const Context& context, StoredProfile& stored, const KeyPair& key,
                                        const Selector& selector);

[[nodiscard]] Failure failureOf(const Problem<VaultError>& problem);
/// How a vault is opened on the command line, where that is what is missing.
[[nodiscard]] QString hintFor(const Problem<VaultError>& problem);

} // namespace sealwright::cli
