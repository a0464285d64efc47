#include "viewmodels/vaulttrouble.h"

#include "text/problemtext.h"

#include <QCoreApplication>

namespace sealwright {

VaultTrouble vaultTrouble(const WizardState& state, const Problem<VaultError>& problem) {
    const bool inFile = state.keyPlace() == KeyPlace::file;
    const bool asks = inFile && (problem.code == VaultError::wrongPassphrase || problem.code == VaultError::locked);
    return {problemText(problem), asks, asks && !state.keyFileExists(), !inFile, inFile};
}

VaultTrouble passphraseNeeded(const WizardState& state) {
    const bool there = state.keyFileExists();
    const QString text =
        there ? QCoreApplication::translate("VaultTrouble", "Enter the passphrase of the key file.")
              : QCoreApplication::translate("VaultTrouble", "Choose a passphrase for the new key file. Write it down: "
                                                            "without it nobody can read the keys, not even you.");
    return {text, true, !there, false, true};
}

} // namespace sealwright
