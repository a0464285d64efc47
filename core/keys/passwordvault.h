#pragma once

#include "base/secretbytes.h"
#include "keys/vaulterror.h"
#include "names/domainname.h"

#include <stop_token>
#include <tl/expected.hpp>

namespace sealwright {

/// Whose password: a user's at a mail server.
struct PasswordId {
    std::string user;
    DomainName host;

    auto operator<=>(const PasswordId&) const = default;
};

/// Where passwords are kept that the user wishes to be kept. Calls block, have a deadline of their own, and may be made
/// from any thread.
class PasswordVault {
public:
    virtual ~PasswordVault() = default;

    [[nodiscard]] virtual tl::expected<SecretBytes, Problem<VaultError>> load(const PasswordId& id,
                                                                              const std::stop_token& stop) = 0;
    /// Replaces an older one. Read back and compared before it reports success.
    [[nodiscard]] virtual tl::expected<void, Problem<VaultError>>
    store(const PasswordId& id, const SecretBytes& password, const std::stop_token& stop) = 0;
    /// Removing what is not there is success.
    [[nodiscard]] virtual tl::expected<void, Problem<VaultError>> remove(const PasswordId& id,
                                                                         const std::stop_token& stop) = 0;
};

} // namespace sealwright
