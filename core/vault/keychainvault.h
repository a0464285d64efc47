#pragma once

#include "keys/keyvault.h"
#include "vault/keychain.h"

namespace sealwright {

/// Keys in the system's keychain. One key is one item: `<selector>._domainkey.<domain>`, PEM.
class KeychainVault final : public KeyVault {
public:
    explicit KeychainVault(Keychain keychain = Keychain());

    [[nodiscard]] tl::expected<KeyPair, Problem<VaultError>> load(const KeyId& id, std::stop_token stop) override;
    [[nodiscard]] tl::expected<void, Problem<VaultError>> store(const KeyId& id, const KeyPair& key,
                                                                std::stop_token stop) override;
    [[nodiscard]] tl::expected<void, Problem<VaultError>> remove(const KeyId& id, std::stop_token stop) override;
    [[nodiscard]] std::string place() const override;

private:
    [[nodiscard]] tl::expected<void, Problem<VaultError>> write(const KeyId& id, const KeyPair& key,
                                                                const std::stop_token& stop) const;

    Keychain keychain_;
};

} // namespace sealwright
