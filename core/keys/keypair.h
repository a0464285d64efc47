#pragma once

#include "base/problem.h"
#include "base/secretbytes.h"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <tl/expected.hpp>

using EVP_PKEY = struct evp_pkey_st;

namespace sealwright {

enum class KeyType { rsa, ed25519 }; ///< k= of RFC 6376 and RFC 8463.

[[nodiscard]] std::string_view toString(KeyType type); ///< "rsa", "ed25519"

/// What we create.
enum class KeyAlgorithm { rsa2048, rsa3072, rsa4096, ed25519 };

[[nodiscard]] std::string_view toString(KeyAlgorithm algorithm); ///< As the command line names them.
[[nodiscard]] std::optional<KeyAlgorithm> keyAlgorithmFromString(std::string_view text);
[[nodiscard]] KeyType typeOf(KeyAlgorithm algorithm);

enum class KeyError {
    notAKey,       ///< No PEM private key in it, or not one that OpenSSL can read.
    publicKeyOnly, ///< A public key or certificate was given.
    passphraseNeeded,
    wrongPassphrase,
    unsupportedType, ///< DSA, EC, RSA-PSS …
    tooShort,        ///< RSA below 1024 bits (RFC 8301 section 3.2).
    tooLong,         ///< RSA above 4096 bits: verifiers need not handle it.
    broken,          ///< The parts of the key do not belong together.
    cancelled,
    library, ///< OpenSSL failed; `what` has its words.
};

/// A DKIM key pair. Owns the private key; move-only.
class KeyPair {
public:
    /// From 0 to 1, as far as that can be known of a search for primes. Called in the thread that creates the key.
    using Progress = std::function<void(double)>;

    [[nodiscard]] static tl::expected<KeyPair, Problem<KeyError>>
    generate(KeyAlgorithm algorithm, std::stop_token stop = {}, const Progress& progress = {});
    /// PEM: PKCS#1, PKCS#8, encrypted with `passphrase` or not (RFC 7468, RFC 8017). Text around it is skipped.
    [[nodiscard]] static tl::expected<KeyPair, Problem<KeyError>> fromPem(std::string_view pem,
                                                                          const SecretBytes& passphrase = {});
    [[nodiscard]] static tl::expected<KeyPair, Problem<KeyError>> fromPkcs8Der(std::string_view der);
    /// Whatever mail servers sign with: PEM as above; DER (PKCS#8, PKCS#1); and in base64 DER, the seed of an Ed25519
    /// key, or seed and public key (RFC 8032 section 5.1.5), as rspamd keeps them.
    [[nodiscard]] static tl::expected<KeyPair, Problem<KeyError>> fromServerFile(std::string_view octets,
                                                                                 const SecretBytes& passphrase = {});

    [[nodiscard]] KeyType type() const;
    [[nodiscard]] int bits() const; ///< RSA: of the modulus; Ed25519: 256.
    /// As p= wants it, base64: SubjectPublicKeyInfo for RSA, the 32 octets for Ed25519 (RFC 8463 section 4).
    [[nodiscard]] std::string publicKey() const;
    /// SHA-256 of the SubjectPublicKeyInfo, hex. Tells keys apart without showing them.
    [[nodiscard]] std::string fingerprint() const;

    [[nodiscard]] SecretBytes toPkcs8Der() const;
    [[nodiscard]] SecretBytes toPem() const; ///< PKCS#8, unencrypted: only on its way into a file of mode 0600.
    /// Ed25519: base64 of the 32 octets that everything is made of (RFC 8032 section 5.1.5), in one line. RSA: empty.
    [[nodiscard]] SecretBytes toSeed() const;
    /// PKCS#8 encrypted with a passphrase (AES-256, scrypt).
    [[nodiscard]] tl::expected<SecretBytes, Problem<KeyError>> toEncryptedPem(const SecretBytes& passphrase) const;

    [[nodiscard]] EVP_PKEY* handle() const { return key_.get(); } ///< Still owned by this.

private:
    struct Free {
        void operator()(EVP_PKEY* key) const;
    };
    using Handle = std::unique_ptr<EVP_PKEY, Free>;

    explicit KeyPair(Handle key) : key_(std::move(key)) {}
    [[nodiscard]] static tl::expected<KeyPair, Problem<KeyError>> accept(Handle key);

    Handle key_;
};

/// RSA below this is accepted on import, with a warning (RFC 8301 section 3.2).
inline constexpr int advisedRsaBits = 2048;
inline constexpr int shortestRsaBits = 1024;
inline constexpr int longestRsaBits = 4096;

} // namespace sealwright
