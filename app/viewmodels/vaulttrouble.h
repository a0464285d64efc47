#pragma once

#include "viewmodels/wizardstate.h"

namespace sealwright {

/// Why the vault did not do its part, and what the user can choose.
struct VaultTrouble {
    QString text;
    bool asksPassphrase = false; ///< The key file is to be opened.
    bool newPassphrase = false;  ///< There is no key file yet: the passphrase is to be entered twice.
    bool canUseFile = false;
    bool canUseKeychain = false;
};

[[nodiscard]] VaultTrouble vaultTrouble(const WizardState& state, const Problem<VaultError>& problem);
/// The key file is chosen, and its passphrase is not known.
[[nodiscard]] VaultTrouble passphraseNeeded(const WizardState& state);

} // namespace sealwright
