#include "vault/keychainpasswords.h"

namespace sealwright {

namespace {

std::string itemOf(const PasswordId& id) {
    return id.user + "@" + id.host.toString();
}

} // namespace

KeychainPasswords::KeychainPasswords(Keychain keychain) : keychain_(std::move(keychain)) {}

tl::expected<SecretBytes, Problem<VaultError>> KeychainPasswords::load(const PasswordId& id,
                                                                       const std::stop_token& stop) {
    return keychain_.read(itemOf(id), stop);
}

tl::expected<void, Problem<VaultError>> KeychainPasswords::store(const PasswordId& id, const SecretBytes& password,
                                                                 const std::stop_token& stop) {
    const auto readBack = keychain_.write(itemOf(id), password, stop);
    if (!readBack) {
        return tl::unexpected(readBack.error());
    }
    return readBack->view() == password.view() ? tl::expected<void, Problem<VaultError>>()
                                               : tl::unexpected(problem(VaultError::damaged));
}

tl::expected<void, Problem<VaultError>> KeychainPasswords::remove(const PasswordId& id, const std::stop_token& stop) {
    return keychain_.remove(itemOf(id), stop);
}

} // namespace sealwright
