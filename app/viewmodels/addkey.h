#pragma once

#include "keys/keyvault.h"

#include <QString>

#include <functional>
#include <memory>
#include <variant>

namespace sealwright {

struct PemFile {
    QString path;
    std::shared_ptr<const SecretBytes> passphrase;
};

struct PemText {
    std::shared_ptr<const SecretBytes> pem;
    std::shared_ptr<const SecretBytes> passphrase;
};

/// Where a key that is to be added comes from: made now, imported, or at hand from an earlier attempt.
using KeySource = std::variant<KeyAlgorithm, PemFile, PemText, std::shared_ptr<const KeyPair>>;

/// What happens to a key on its way into the vault.
namespace keyevent {
struct Checking {}; ///< Whether the vault has one already.
struct Creating {
    double progress;
};
struct Storing {};
struct Stored {
    std::shared_ptr<const KeyPair> key;
};
struct Met { ///< The vault has another key under that name, which is left alone.
    std::shared_ptr<const KeyPair> key;
};
struct Refused {
    Problem<KeyError> problem;
};
struct Unreadable { ///< The PEM file.
    QString why;
};
struct VaultFailed {
    Problem<VaultError> problem;
    std::shared_ptr<const KeyPair> key; ///< What was to be stored, where it had come so far.
};
} // namespace keyevent

using KeyEvent = std::variant<keyevent::Checking, keyevent::Creating, keyevent::Storing, keyevent::Stored,
                              keyevent::Met, keyevent::Refused, keyevent::Unreadable, keyevent::VaultFailed>;

/// Makes or reads a key and stores it, unless the vault holds another one under this name. Blocks; the last event is
/// one of Stored, Met, Refused, Unreadable, VaultFailed.
void addKey(const KeyId& id, const KeySource& source, KeyVault& vault, const std::function<void(KeyEvent)>& tell,
            const std::stop_token& stop);

} // namespace sealwright
