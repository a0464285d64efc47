#pragma once

#include "keys/keyvault.h"

#include <vector>

namespace sealwright {

/// Keys that come into a vault together or not at all: unless they are kept, those that were stored are removed again.
class NewKeys {
public:
    explicit NewKeys(KeyVault& vault) : vault_(vault) {}
    ~NewKeys();
    NewKeys(const NewKeys&) = delete;
    NewKeys& operator=(const NewKeys&) = delete;

    enum class Before { absent, there };

    /// Whether the vault had the key before; then it stays, whatever becomes of the others. Errors of KeyVault::load
    /// and KeyVault::store; occupied where another key has the name.
    [[nodiscard]] tl::expected<Before, Problem<VaultError>> store(const KeyId& id, const KeyPair& key,
                                                                  const std::stop_token& stop);
    void keep() { stored_.clear(); }

private:
    KeyVault& vault_;
    std::vector<KeyId> stored_;
};

} // namespace sealwright
