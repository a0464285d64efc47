#include "vault/keychainvault.h"

#include "files/atomicfile.h"

#include <QDir>
#include <QStandardPaths>

namespace sealwright {

namespace {

/// In a folder of the user's own that others use as well. On Linux that of temporary files is everybody's.
QString turnFile() {
#ifdef Q_OS_WIN
    const auto place = QStandardPaths::TempLocation;
#else
    const auto place = QStandardPaths::GenericCacheLocation;
#endif
    const QDir folder(QStandardPaths::writableLocation(place));
    folder.mkpath(QStringLiteral("."));
    return folder.filePath(QStringLiteral("sealwright-keychain"));
}

std::string itemOf(const KeyId& id) {
    return id.selector.toString() + "._domainkey." + id.domain.toString();
}

tl::expected<KeyPair, Problem<VaultError>> keyFrom(const SecretBytes& pem) {
    return KeyPair::fromPem(pem.view()).map_error([](const auto&) { return problem(VaultError::damaged); });
}

} // namespace

KeychainVault::KeychainVault(Keychain keychain) : keychain_(std::move(keychain)) {}

tl::expected<KeyPair, Problem<VaultError>> KeychainVault::load(const KeyId& id, std::stop_token stop) {
    return keychain_.read(itemOf(id), stop).and_then(keyFrom);
}

/// No keychain tells "add" from "replace": so our programs take turns between looking and writing.
tl::expected<void, Problem<VaultError>> KeychainVault::store(const KeyId& id, const KeyPair& key,
                                                             std::stop_token stop) {
    FileLock turn(turnFile());
    if (const auto taken = turn.take(keychain_.deadline(), stop); !taken) {
        const bool cancelled = taken.error().code == FileError::cancelled;
        return tl::unexpected(problem(cancelled ? VaultError::cancelled : VaultError::timedOut));
    }
    const auto present = load(id, stop);
    if (present) {
        return present->fingerprint() == key.fingerprint() ? tl::expected<void, Problem<VaultError>>()
                                                           : tl::unexpected(problem(VaultError::occupied));
    }
    if (present.error().code != VaultError::absent) {
        return tl::unexpected(present.error());
    }
    return write(id, key, stop);
}

tl::expected<void, Problem<VaultError>> KeychainVault::write(const KeyId& id, const KeyPair& key,
                                                             const std::stop_token& stop) const {
    const auto readBack = keychain_.write(itemOf(id), key.toPem(), stop).and_then(keyFrom);
    if (!readBack) {
        return tl::unexpected(readBack.error());
    }
    return readBack->fingerprint() == key.fingerprint() ? tl::expected<void, Problem<VaultError>>()
                                                        : tl::unexpected(problem(VaultError::damaged));
}

tl::expected<void, Problem<VaultError>> KeychainVault::remove(const KeyId& id, std::stop_token stop) {
    return keychain_.remove(itemOf(id), stop);
}

std::string KeychainVault::place() const {
#ifdef Q_OS_WIN
    return "Windows Credential Manager";
#else
    return "system keychain";
#endif
}

} // namespace sealwright
