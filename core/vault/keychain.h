#pragma once

#include "base/secretbytes.h"
#include "keys/vaulterror.h"

#include <chrono>
#include <stop_token>
#include <string>
#include <tl/expected.hpp>

namespace sealwright {

/// The system's keychain by QtKeychain: Secret Service or KWallet on Linux, the Credential Manager on Windows. Its
/// plain-text fallback is never used. Needs a QCoreApplication, and no event loop of the caller; calls block, and may
/// be made from any thread.
class Keychain {
public:
    /// `deadline`: for one call in which nobody is asked for a password; while somebody is, minutes.
    explicit Keychain(std::string service = "Sealwright",
                      std::chrono::milliseconds deadline = std::chrono::seconds(10));

    /// An item is text in UTF-8 (secret-tool shows it to its owner).
    [[nodiscard]] tl::expected<SecretBytes, Problem<VaultError>> read(const std::string& item,
                                                                      const std::stop_token& stop) const;
    /// Replaces what is there, and gives what can be read after that.
    [[nodiscard]] tl::expected<SecretBytes, Problem<VaultError>> write(const std::string& item, const SecretBytes& text,
                                                                       const std::stop_token& stop) const;
    /// Removing what is not there is success.
    [[nodiscard]] tl::expected<void, Problem<VaultError>> remove(const std::string& item,
                                                                 const std::stop_token& stop) const;

    [[nodiscard]] std::chrono::milliseconds deadline() const { return deadline_; }

private:
    std::string service_;
    std::chrono::milliseconds deadline_;
};

} // namespace sealwright
