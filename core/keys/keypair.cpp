#include "keys/keypair.h"

#include "base/base64.h"
#include "base/digest.h"
#include "keys/openssl.h"

#include <array>
#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <utility>

namespace sealwright {

namespace {

constexpr std::array<std::pair<KeyAlgorithm, std::string_view>, 4> algorithmNames{{
    {KeyAlgorithm::rsa2048, "rsa2048"},
    {KeyAlgorithm::rsa3072, "rsa3072"},
    {KeyAlgorithm::rsa4096, "rsa4096"},
    {KeyAlgorithm::ed25519, "ed25519"},
}};

/// SubjectPublicKeyInfo, RFC 5280 section 4.1.
std::string subjectPublicKeyInfo(const EVP_PKEY* key) {
    const int size = i2d_PUBKEY(key, nullptr);
    std::string der(static_cast<std::size_t>(size > 0 ? size : 0), '\0');
    if (size > 0) {
        auto* out = reinterpret_cast<unsigned char*>(der.data());
        i2d_PUBKEY(key, &out);
    }
    return der;
}

/// Below 64 MB of memory and 0.3 s on a small server: the cost OWASP advises, in the 32 MB that OpenSSL allows.
constexpr unsigned scryptN = 1U << 14U;
constexpr unsigned scryptR = 8;
constexpr unsigned scryptP = 5;

} // namespace

std::string_view toString(KeyType type) {
    switch (type) {
    case KeyType::rsa:
        return "rsa";
    case KeyType::ed25519:
        return "ed25519";
    }
    return {};
}

std::string_view toString(KeyAlgorithm algorithm) {
    for (const auto& [value, name] : algorithmNames) {
        if (value == algorithm) {
            return name;
        }
    }
    return {};
}

std::optional<KeyAlgorithm> keyAlgorithmFromString(std::string_view text) {
    for (const auto& [value, name] : algorithmNames) {
        if (name == text) {
            return value;
        }
    }
    return std::nullopt;
}

KeyType typeOf(KeyAlgorithm algorithm) {
    return algorithm == KeyAlgorithm::ed25519 ? KeyType::ed25519 : KeyType::rsa;
}

void KeyPair::Free::operator()(EVP_PKEY* key) const {
    EVP_PKEY_free(key);
}

KeyType KeyPair::type() const {
    return EVP_PKEY_is_a(key_.get(), "RSA") == 1 ? KeyType::rsa : KeyType::ed25519;
}

int KeyPair::bits() const {
    constexpr int ed25519Bits = 256; // OpenSSL says 253, the size of the group
    return type() == KeyType::rsa ? EVP_PKEY_get_bits(key_.get()) : ed25519Bits;
}

std::string KeyPair::publicKey() const {
    if (type() == KeyType::rsa) {
        return base64Encode(subjectPublicKeyInfo(key_.get()));
    }
    std::array<unsigned char, 32> octets{};
    std::size_t size = octets.size();
    EVP_PKEY_get_raw_public_key(key_.get(), octets.data(), &size);
    return base64Encode({reinterpret_cast<const char*>(octets.data()), size});
}

std::string KeyPair::fingerprint() const {
    return sha256Hex(subjectPublicKeyInfo(key_.get()));
}

SecretBytes KeyPair::toPkcs8Der() const {
    const openssl::ErrorQueue errors;
    const openssl::Pkcs8 info(EVP_PKEY2PKCS8(key_.get()));
    const int size = info ? i2d_PKCS8_PRIV_KEY_INFO(info.get(), nullptr) : 0;
    SecretBytes der(static_cast<std::size_t>(size > 0 ? size : 0));
    if (!der.empty()) {
        auto* out = reinterpret_cast<unsigned char*>(der.data());
        i2d_PKCS8_PRIV_KEY_INFO(info.get(), &out);
    }
    return der;
}

SecretBytes KeyPair::toPem() const {
    const openssl::ErrorQueue errors;
    const openssl::Pkcs8 info(EVP_PKEY2PKCS8(key_.get()));
    const openssl::Bio bio = openssl::secretBio();
    PEM_write_bio_PKCS8_PRIV_KEY_INFO(bio.get(), info.get());
    return openssl::contentsOf(bio);
}

SecretBytes KeyPair::toSeed() const {
    const openssl::ErrorQueue errors;
    SecretBytes octets(32);
    std::size_t size = octets.size();
    if (EVP_PKEY_get_raw_private_key(key_.get(), reinterpret_cast<unsigned char*>(octets.data()), &size) != 1) {
        return {};
    }
    SecretBytes line(45); // Four characters for three octets, and a NUL, in whose place the line ends.
    EVP_EncodeBlock(reinterpret_cast<unsigned char*>(line.data()), reinterpret_cast<unsigned char*>(octets.data()), 32);
    line.data()[44] = '\n';
    return line;
}

tl::expected<SecretBytes, Problem<KeyError>> KeyPair::toEncryptedPem(const SecretBytes& passphrase) const {
    const openssl::ErrorQueue errors;
    if (passphrase.empty()) {
        return tl::unexpected(problem(KeyError::passphraseNeeded));
    }
    const openssl::Pkcs8 info(EVP_PKEY2PKCS8(key_.get()));
    openssl::Algorithm scrypt(PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), nullptr, 0, nullptr, scryptN, scryptR, scryptP));
    const openssl::EncryptedPkcs8 encrypted(
        info && scrypt
            ? PKCS8_set0_pbe(passphrase.data(), static_cast<int>(passphrase.size()), info.get(), scrypt.get())
            : nullptr);
    const openssl::Bio bio = openssl::secretBio();
    if (!encrypted) {
        return tl::unexpected(problem(KeyError::library, errors.words()));
    }
    static_cast<void>(scrypt.release()); // now a part of `encrypted`
    if (PEM_write_bio_PKCS8(bio.get(), encrypted.get()) != 1) {
        return tl::unexpected(problem(KeyError::library, errors.words()));
    }
    return openssl::contentsOf(bio);
}

} // namespace sealwright
