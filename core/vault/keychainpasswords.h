#pragma once

#include "keys/passwordvault.h"
#include "vault/keychain.h"

namespace sealwright {

/// Passwords in the system's keychain. One is one item: `<user>@<host>`.
class KeychainPasswords final : public PasswordVault {
public:
    explicit KeychainPasswords(Keychain keychain = Keychain());

    [[nodiscard]] tl::expected<SecretBytes, Problem<VaultError>> load(const PasswordId& id,
                                                                      const std::stop_token& stop) override;
    [[nodiscard]] tl::expected<void, Problem<VaultError>> store(const PasswordId& id, const SecretBytes& password,
                                                                const std::stop_token& stop) override;
    [[nodiscard]] tl::expected<void, Problem<VaultError>> remove(const PasswordId& id,
                                                                 const std::stop_token& stop) override;

private:
    Keychain keychain_;
};

} // namespace sealwright
