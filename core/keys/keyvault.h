#pragma once

#include "keys/keypair.h"
#include "keys/vaulterror.h"
#include "names/selector.h"

namespace sealwright {

/// Which key: a vault holds one per domain and selector.
struct KeyId {
    DomainName domain;
    Selector selector;

    auto operator<=>(const KeyId&) const = default;
};

/// Where private keys are kept. Calls block, have a deadline of their own, and may be made from any thread.
class KeyVault {
public:
    virtual ~KeyVault() = default;

    [[nodiscard]] virtual tl::expected<KeyPair, Problem<VaultError>> load(const KeyId& id, std::stop_token stop) = 0;
    /// Never replaces another key, also where two programs store at once; the same key again is success. Read back and
    /// compared before it reports success.
    [[nodiscard]] virtual tl::expected<void, Problem<VaultError>> store(const KeyId& id, const KeyPair& key,
                                                                        std::stop_token stop) = 0;
    /// Removing what is not there is success.
    [[nodiscard]] virtual tl::expected<void, Problem<VaultError>> remove(const KeyId& id, std::stop_token stop) = 0;
    /// For people: "the system keychain", or the file's path.
    [[nodiscard]] virtual std::string place() const = 0;
};

} // namespace sealwright
