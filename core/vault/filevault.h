#pragma once

#include "keys/keyvault.h"

#include <filesystem>
#include <functional>
#include <mutex>

namespace sealwright {

/// One file of encrypted PEM blocks (PKCS#8, AES-256, scrypt), each below a line that names its key; mode 0600.
class FileVault final : public KeyVault {
public:
    /// Asked once, when the vault is first used; nothing: the user would not tell (locked).
    using AskPassphrase = std::function<std::optional<SecretBytes>()>;

    FileVault(std::filesystem::path file, AskPassphrase askPassphrase);

    [[nodiscard]] tl::expected<KeyPair, Problem<VaultError>> load(const KeyId& id, std::stop_token stop) override;
    [[nodiscard]] tl::expected<void, Problem<VaultError>> store(const KeyId& id, const KeyPair& key,
                                                               std::stop_token stop) override;
    [[nodiscard]] tl::expected<void, Problem<VaultError>> remove(const KeyId& id, std::stop_token stop) override;
    [[nodiscard]] std::string place() const override;

private:
    [[nodiscard]] const SecretBytes* passphrase();

    std::filesystem::path file_;
    AskPassphrase askPassphrase_;
    std::optional<SecretBytes> passphrase_;
    std::mutex mutex_;
};

} // namespace sealwright
