#pragma once

#include "keys/keyvault.h"

#include <chrono>
#include <string>

namespace sealwright {

/// The system's keychain by QtKeychain: Secret Service or KWallet on Linux, the Credential Manager on Windows.
/// Its plain-text fallback is never used. Needs a QCoreApplication, and no event loop of the caller.
/// One key is one text item: service, `<selector>._domainkey.<domain>`, PEM (secret-tool shows it to its owner).
class KeychainVault final : public KeyVault {
public:
    /// `deadline`: for one call in which nobody is asked for a password; while somebody is, minutes.
    explicit KeychainVault(std::string service = "Sealwright",
                           std::chrono::milliseconds deadline = std::chrono::seconds(10));

    [[nodiscard]] tl::expected<KeyPair, Problem<VaultError>> load(const KeyId& id, std::stop_token stop) override;
    [[nodiscard]] tl::expected<void, Problem<VaultError>> store(const KeyId& id, const KeyPair& key,
                                                                std::stop_token stop) override;
    [[nodiscard]] tl::expected<void, Problem<VaultError>> remove(const KeyId& id, std::stop_token stop) override;
    [[nodiscard]] std::string place() const override;

private:
    [[nodiscard]] tl::expected<void, Problem<VaultError>> write(const KeyId& id, const KeyPair& key,
                                                                const std::stop_token& stop) const;

    std::string service_;
    std::chrono::milliseconds deadline_;
};

} // namespace sealwright
