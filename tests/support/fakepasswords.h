#pragma once

#include "keys/passwordvault.h"

#include <map>
#include <mutex>
#include <optional>

namespace sealwright::test {

/// A keychain in memory; `trouble` is how every call ends where it is set.
class FakePasswords final : public PasswordVault {
public:
    std::map<PasswordId, std::string> kept;
    std::optional<VaultError> trouble;

    [[nodiscard]] tl::expected<SecretBytes, Problem<VaultError>> load(const PasswordId& id,
                                                                      const std::stop_token& /*stop*/) override {
        const std::scoped_lock lock(mutex_);
        const auto found = kept.find(id);
        if (trouble || found == kept.end()) {
            return tl::unexpected(problem(trouble.value_or(VaultError::absent)));
        }
        return SecretBytes(std::string_view(found->second));
    }
    [[nodiscard]] tl::expected<void, Problem<VaultError>> store(const PasswordId& id, const SecretBytes& password,
                                                                const std::stop_token& /*stop*/) override {
        const std::scoped_lock lock(mutex_);
        if (trouble) {
            return tl::unexpected(problem(*trouble));
        }
        kept.insert_or_assign(id, std::string(password.view()));
        return {};
    }
    [[nodiscard]] tl::expected<void, Problem<VaultError>> remove(const PasswordId& id,
                                                                 const std::stop_token& /*stop*/) override {
        const std::scoped_lock lock(mutex_);
        if (trouble) {
            return tl::unexpected(problem(*trouble));
        }
        kept.erase(id);
        return {};
    }

private:
    std::mutex mutex_;
};

} // namespace sealwright::test
