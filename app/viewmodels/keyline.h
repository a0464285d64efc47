#pragma once

#include "keys/keyvault.h"
#include "plan/profile.h"
#include "text/findingtext.h"

namespace sealwright {

/// How looking for a key in the vault went. Nothing: it is there, and it is the one of the profile.
using KeyLookup = std::optional<Problem<VaultError>>;

/// A key of the profile, as it is shown.
struct KeyLine {
    QString title; ///< Selector, kind and length.
    QString text;  ///< Whether the vault has it.
    Severity severity;

    bool operator==(const KeyLine&) const = default;
};

/// `looked`: null where nobody has looked yet. `looking`: somebody does right now.
[[nodiscard]] KeyLine keyLine(const SigningKey& key, const KeyLookup* looked, bool looking);
[[nodiscard]] QString keyKind(KeyType type, int bits);
/// Enough of a fingerprint to compare by eye.
[[nodiscard]] QString shortFingerprint(const std::string& fingerprint);

} // namespace sealwright
