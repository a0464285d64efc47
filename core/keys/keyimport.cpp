#include "keys/keypair.h"
#include "keys/openssl.h"
#include "keys/pbecost.h"

#include <array>
#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

namespace sealwright {

namespace {

using Imported = tl::expected<EVP_PKEY*, Problem<KeyError>>;

/// A private key of 4096 bits with a chain of certificates around it is below 20 kB.
constexpr std::size_t longestInput = std::size_t{64} * 1024;

/// Windows' editors put it in front.
constexpr std::string_view byteOrderMark = "\xef\xbb\xbf";

/// OpenSSL's parts of a PEM block (RFC 7468; the header lines are RFC 1421's), wiped when freed.
class Block {
public:
    Block() = default;
    Block(const Block&) = delete;
    Block& operator=(const Block&) = delete;
    ~Block() {
        OPENSSL_secure_free(label_);
        OPENSSL_secure_free(header_);
        OPENSSL_secure_clear_free(data_, static_cast<std::size_t>(size_));
    }

    [[nodiscard]] bool readFrom(BIO* bio) {
        return PEM_read_bio_ex(bio, &label_, &header_, &data_, &size_, PEM_FLAG_SECURE | PEM_FLAG_EAY_COMPATIBLE) == 1;
    }
    [[nodiscard]] std::string_view label() const { return label_; }
    [[nodiscard]] std::string_view der() const { return {reinterpret_cast<const char*>(data_), size()}; }
    [[nodiscard]] bool isEncrypted() const { return *header_ != '\0'; }

    /// The encryption of RFC 1421's header lines, in place.
    [[nodiscard]] bool decrypt(const SecretBytes& passphrase) {
        EVP_CIPHER_INFO cipher{};
        return PEM_get_EVP_CIPHER_INFO(header_, &cipher) == 1 &&
               PEM_do_header(&cipher, data_, &size_, givePassphrase, const_cast<SecretBytes*>(&passphrase)) == 1;
    }

private:
    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(size_); }

    /// OpenSSL's own callback would ask on the terminal.
    static int givePassphrase(char* out, int room, int /*writing*/, void* data) {
        const std::string_view passphrase = static_cast<const SecretBytes*>(data)->view();
        return passphrase.size() > static_cast<std::size_t>(room)
                   ? -1
                   : static_cast<int>(passphrase.copy(out, static_cast<std::size_t>(room)));
    }

    char* label_ = nullptr;
    char* header_ = nullptr;
    unsigned char* data_ = nullptr;
    long size_ = 0;
};

const unsigned char* octets(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

Imported fromInfo(const PKCS8_PRIV_KEY_INFO* info, std::string_view label) {
    const ASN1_OBJECT* algorithm = nullptr;
    if (PKCS8_pkey_get0(&algorithm, nullptr, nullptr, nullptr, info) != 1) {
        return tl::unexpected(problem(KeyError::notAKey, label));
    }
    const int kind = OBJ_obj2nid(algorithm);
    if (kind != NID_rsaEncryption && kind != NID_ED25519) {
        std::array<char, 80> name{};
        OBJ_obj2txt(name.data(), name.size(), algorithm, 0);
        return tl::unexpected(problem(KeyError::unsupportedType, name.data()));
    }
    if (EVP_PKEY* key = EVP_PKCS82PKEY(info)) {
        return key;
    }
    return tl::unexpected(problem(KeyError::broken, label));
}

Imported fromPlain(std::string_view der, std::string_view label) {
    const unsigned char* in = octets(der);
    const openssl::Pkcs8 info(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &in, static_cast<long>(der.size())));
    if (!info) {
        return tl::unexpected(problem(KeyError::notAKey, label));
    }
    return fromInfo(info.get(), label);
}

/// RFC 5958 section 3.
Imported fromEncrypted(const Block& block, const SecretBytes& passphrase) {
    openssl::ErrorQueue errors;
    const unsigned char* in = octets(block.der());
    const openssl::EncryptedPkcs8 encrypted(d2i_X509_SIG(nullptr, &in, static_cast<long>(block.der().size())));
    if (!encrypted || !openssl::isBearable(*encrypted)) {
        return tl::unexpected(problem(KeyError::notAKey, block.label()));
    }
    if (passphrase.empty()) {
        return tl::unexpected(problem(KeyError::passphraseNeeded));
    }
    const openssl::Pkcs8 info(PKCS8_decrypt(encrypted.get(), passphrase.data(), static_cast<int>(passphrase.size())));
    if (info) {
        return fromInfo(info.get(), block.label());
    }
    return tl::unexpected(errors.takeUnsupported() ? problem(KeyError::notAKey, block.label())
                                                   : problem(KeyError::wrongPassphrase));
}

/// RFC 8017 appendix A.1.2.
Imported fromPkcs1(Block& block, const SecretBytes& passphrase) {
    openssl::ErrorQueue errors;
    const bool encrypted = block.isEncrypted();
    if (encrypted && passphrase.empty()) {
        return tl::unexpected(problem(KeyError::passphraseNeeded));
    }
    if (encrypted && !block.decrypt(passphrase)) {
        return tl::unexpected(errors.takeUnsupported() ? problem(KeyError::notAKey, block.label())
                                                       : problem(KeyError::wrongPassphrase));
    }
    const unsigned char* in = octets(block.der());
    if (EVP_PKEY* key = d2i_PrivateKey(EVP_PKEY_RSA, nullptr, &in, static_cast<long>(block.der().size()))) {
        return key;
    }
    // One wrong passphrase of 256 happens to end in a valid padding.
    return tl::unexpected(encrypted ? problem(KeyError::wrongPassphrase) : problem(KeyError::notAKey, block.label()));
}

Imported fromBlock(Block& block, const SecretBytes& passphrase) {
    if (block.label() == PEM_STRING_PKCS8INF) {
        return fromPlain(block.der(), block.label());
    }
    if (block.label() == PEM_STRING_PKCS8) {
        return fromEncrypted(block, passphrase);
    }
    if (block.label() == PEM_STRING_RSA) {
        return fromPkcs1(block, passphrase);
    }
    return tl::unexpected(problem(KeyError::unsupportedType, block.label()));
}

/// PKCS#8, or else PKCS#1.
Imported fromDer(std::string_view der) {
    if (!der.starts_with('\x30')) { // a SEQUENCE; OpenSSL tries all its decoders before it says that it is none
        return tl::unexpected(problem(KeyError::notAKey, "DER"));
    }
    const unsigned char* in = octets(der);
    const openssl::Pkcs8 info(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &in, static_cast<long>(der.size())));
    if (info) {
        return fromInfo(info.get(), "PKCS#8");
    }
    in = octets(der);
    if (EVP_PKEY* key = d2i_PrivateKey(EVP_PKEY_RSA, nullptr, &in, static_cast<long>(der.size()))) {
        return key;
    }
    return tl::unexpected(problem(KeyError::notAKey, "DER"));
}

constexpr std::size_t ed25519Size = 32; ///< Octets of the seed, and of the public key (RFC 8032 section 5.1.5).

Imported fromSeed(std::string_view octetsOfKey) {
    const std::string_view seed = octetsOfKey.substr(0, ed25519Size);
    const std::string_view claimed = octetsOfKey.substr(seed.size());
    EVP_PKEY* key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, octets(seed), seed.size());
    std::array<unsigned char, ed25519Size> own{};
    std::size_t size = own.size();
    if (key == nullptr || EVP_PKEY_get_raw_public_key(key, own.data(), &size) != 1) {
        EVP_PKEY_free(key);
        return tl::unexpected(problem(KeyError::notAKey));
    }
    if (!claimed.empty() && claimed != std::string_view(reinterpret_cast<const char*>(own.data()), size)) {
        EVP_PKEY_free(key);
        return tl::unexpected(problem(KeyError::broken));
    }
    return key;
}

/// Base64 (RFC 4648 section 4) without leaving copies behind; empty where it is none.
SecretBytes decoded(std::string_view text) {
    SecretBytes digits(text.size());
    std::size_t count = 0;
    for (const char c : text) {
        if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
            digits.data()[count++] = c;
        }
    }
    const std::string_view letters = digits.view().substr(0, count);
    const std::size_t end = letters.find_last_not_of('=') + 1;
    if (letters.empty() || count % 4 != 0 || count - end > 2) {
        return {};
    }
    SecretBytes result(count / 4 * 3);
    if (EVP_DecodeBlock(reinterpret_cast<unsigned char*>(result.data()), octets(letters), static_cast<int>(count)) <
        0) {
        return {};
    }
    result.truncate(result.size() - (count - end)); // OpenSSL decodes the padding too.
    return result;
}

bool isPublic(std::string_view label) {
    return label.ends_with("PUBLIC KEY") || label.ends_with("CERTIFICATE");
}

int partBits(const EVP_PKEY* key, const char* part) {
    BIGNUM* number = nullptr;
    if (EVP_PKEY_get_bn_param(key, part, &number) != 1) {
        return 0;
    }
    return BN_num_bits(openssl::Number(number).get());
}

/// The check of the primes takes for ever where they are far longer than the modulus says.
bool hasSensibleParts(const EVP_PKEY* key) {
    const int bits = EVP_PKEY_get_bits(key);
    for (const char* factor : {OSSL_PKEY_PARAM_RSA_FACTOR1, OSSL_PKEY_PARAM_RSA_FACTOR2}) {
        const int factorBits = partBits(key, factor);
        if (factorBits == 0 || factorBits > bits) {
            return false;
        }
    }
    return partBits(key, OSSL_PKEY_PARAM_RSA_FACTOR3) == 0 && partBits(key, OSSL_PKEY_PARAM_RSA_D) <= bits &&
           partBits(key, OSSL_PKEY_PARAM_RSA_E) <= bits;
}

} // namespace

tl::expected<KeyPair, Problem<KeyError>> KeyPair::accept(Handle key) {
    if (EVP_PKEY_is_a(key.get(), "RSA") == 1) {
        const int bits = EVP_PKEY_get_bits(key.get());
        if (bits < shortestRsaBits) {
            return tl::unexpected(problem(KeyError::tooShort, std::to_string(bits)));
        }
        if (bits > longestRsaBits) {
            return tl::unexpected(problem(KeyError::tooLong, std::to_string(bits)));
        }
        if (!hasSensibleParts(key.get())) {
            return tl::unexpected(problem(KeyError::broken));
        }
    }
    const openssl::KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
    if (!context || EVP_PKEY_check(context.get()) != 1) {
        return tl::unexpected(problem(KeyError::broken));
    }
    return KeyPair(std::move(key));
}

tl::expected<KeyPair, Problem<KeyError>> KeyPair::fromPem(std::string_view pem, const SecretBytes& passphrase) {
    const openssl::ErrorQueue errors;
    if (pem.size() > longestInput) {
        return tl::unexpected(problem(KeyError::notAKey));
    }
    if (pem.starts_with(byteOrderMark)) {
        pem.remove_prefix(byteOrderMark.size());
    }
    const openssl::Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    KeyError nothing = KeyError::notAKey;
    while (true) {
        Block block;
        if (!bio || !block.readFrom(bio.get())) {
            return tl::unexpected(problem(nothing));
        }
        if (isPublic(block.label())) {
            nothing = KeyError::publicKeyOnly;
        } else if (block.label().ends_with("PRIVATE KEY")) {
            return fromBlock(block, passphrase).and_then([](EVP_PKEY* key) { return accept(Handle(key)); });
        }
    }
}

tl::expected<KeyPair, Problem<KeyError>> KeyPair::fromServerFile(std::string_view octets,
                                                                 const SecretBytes& passphrase) {
    const openssl::ErrorQueue errors;
    const auto adopt = [](EVP_PKEY* key) { return accept(Handle(key)); };
    if (octets.size() > longestInput || octets.find("-----BEGIN ") != std::string_view::npos) {
        return fromPem(octets, passphrase);
    }
    if (octets.starts_with(byteOrderMark)) {
        octets.remove_prefix(byteOrderMark.size());
    }
    const SecretBytes inner = decoded(octets);
    if (inner.empty()) {
        return fromDer(octets).and_then(adopt);
    }
    const bool isSeed = inner.size() == ed25519Size || inner.size() == 2 * ed25519Size;
    return (isSeed ? fromSeed(inner.view()) : fromDer(inner.view())).and_then(adopt);
}

tl::expected<KeyPair, Problem<KeyError>> KeyPair::fromPkcs8Der(std::string_view der) {
    const openssl::ErrorQueue errors;
    if (der.size() > longestInput) {
        return tl::unexpected(problem(KeyError::notAKey));
    }
    return fromPlain(der, "PKCS#8").and_then([](EVP_PKEY* key) { return accept(Handle(key)); });
}

} // namespace sealwright
