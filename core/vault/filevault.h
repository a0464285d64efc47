#pragma once

#include "keys/keyvault.h"

#include <filesystem>
#include <functional>
#include <mutex>

namespace sealwright {

struct VaultFile;

/// One file of encrypted PEM blocks (PKCS#8, AES-256, scrypt), each below a line that names its key; mode 0600.
/// All keys have the same passphrase. The folder must be there: a medium that is not mounted is no empty vault.
class FileVault final : public KeyVault {
public:
    /// Asked once, when the vault is first used, and again after a wrong one; nothing, or an empty one: the user would
    /// not tell (locked).
    using AskPassphrase = std::function<std::optional<SecretBytes>()>;

    FileVault(std::filesystem::path file, AskPassphrase askPassphrase);

    [[nodiscard]] tl::expected<KeyPair, Problem<VaultError>> load(const KeyId& id, std::stop_token stop) override;
    [[nodiscard]] tl::expected<void, Problem<VaultError>> store(const KeyId& id, const KeyPair& key,
                                                                std::stop_token stop) override;
    /// Needs no passphrase.
    [[nodiscard]] tl::expected<void, Problem<VaultError>> remove(const KeyId& id, std::stop_token stop) override;
    [[nodiscard]] std::string place() const override;

private:
    template <class T>
    using Result = tl::expected<T, Problem<VaultError>>;

    [[nodiscard]] Result<KeyPair> read(const KeyId& id);
    [[nodiscard]] Result<KeyPair> open(const VaultFile& file, const KeyId& id);
    [[nodiscard]] Result<void> isKey(const VaultFile& file, const KeyId& id, const KeyPair& key);
    [[nodiscard]] Result<void> checkPassphrase(const VaultFile& file);
    [[nodiscard]] Result<const SecretBytes*> passphrase();

    std::filesystem::path file_;
    AskPassphrase askPassphrase_;
    std::optional<SecretBytes> passphrase_;
    std::mutex mutex_;
};

} // namespace sealwright
