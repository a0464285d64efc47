#pragma once

#include "keys/passwordvault.h"
#include "mailtest/mailtest.h"

namespace sealwright {

/// Takes the password of an account from the vault.
[[nodiscard]] tl::expected<void, Problem<VaultError>> takeKept(MailAccount& account, PasswordVault& vault,
                                                               const std::stop_token& stop);

/// What a server made of a password.
enum class Login { unknown, accepted, refused };

[[nodiscard]] Login loginToSend(const MailTestOutcome& outcome);
[[nodiscard]] Login loginToRead(const MailTestOutcome& outcome);

/// A new password is kept once a server has taken it; one that is kept and refused is forgotten, so that it is asked
/// for again.
[[nodiscard]] tl::expected<void, Problem<VaultError>>
keepWhatWasAccepted(const MailAccount& account, Login login, PasswordVault& vault, const std::stop_token& stop);
[[nodiscard]] tl::expected<void, Problem<VaultError>> forget(const MailAccount& account, PasswordVault& vault,
                                                             const std::stop_token& stop);

} // namespace sealwright
