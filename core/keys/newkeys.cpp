#include "keys/newkeys.h"

namespace sealwright {

NewKeys::~NewKeys() {
    for (const KeyId& id : stored_) {
        // Also after a stop. Where the vault fails here too, the key stays: the next import finds it again.
        static_cast<void>(vault_.remove(id, {}));
    }
}

tl::expected<NewKeys::Before, Problem<VaultError>> NewKeys::store(const KeyId& id, const KeyPair& key,
                                                                  const std::stop_token& stop) {
    const auto there = vault_.load(id, stop);
    if (there && there->fingerprint() != key.fingerprint()) {
        return tl::unexpected(problem(VaultError::occupied, id.selector.toString()));
    }
    if (there) {
        return Before::there;
    }
    if (there.error().code != VaultError::absent) {
        return tl::unexpected(there.error());
    }
    const auto stored = vault_.store(id, key, stop);
    // A store that failed may have stored it all the same; another program's key is left alone.
    if (stored || stored.error().code != VaultError::occupied) {
        stored_.push_back(id);
    }
    if (!stored) {
        return tl::unexpected(stored.error());
    }
    return Before::absent;
}

} // namespace sealwright
