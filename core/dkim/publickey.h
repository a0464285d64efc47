#pragma once

#include "keys/keypair.h"

namespace sealwright::dkim {

/// The public half of a DKIM key, as p= publishes it.
class PublicKey {
public:
    /// `octets`: p= decoded. RSA as SubjectPublicKeyInfo, which everybody publishes, or as the bare RSAPublicKey that
    /// RFC 6376 section 3.6.1 describes; Ed25519 as its 32 octets (RFC 8463 section 4). Nothing where it is no such
    /// key.
    [[nodiscard]] static std::optional<PublicKey> load(KeyType type, std::string_view octets);

    [[nodiscard]] int bits() const;
    /// Whether this is the signature of what has that SHA-256.
    [[nodiscard]] bool verifies(std::string_view sha256, std::string_view signature) const;

private:
    struct Free {
        void operator()(EVP_PKEY* key) const;
    };

    PublicKey(KeyType type, EVP_PKEY* key) : type_(type), key_(key) {}

    KeyType type_;
    std::unique_ptr<EVP_PKEY, Free> key_;
};

} // namespace sealwright::dkim
