#include "dkim/publickey.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

namespace sealwright::dkim {
namespace {

const unsigned char* unsignedOf(std::string_view octets) {
    return reinterpret_cast<const unsigned char*>(octets.data());
}

EVP_PKEY* loadRsa(std::string_view der) {
    const auto size = static_cast<long>(der.size());
    const unsigned char* at = unsignedOf(der);
    EVP_PKEY* key = d2i_PUBKEY(nullptr, &at, size);
    if (key == nullptr) {
        at = unsignedOf(der);
        key = d2i_PublicKey(EVP_PKEY_RSA, nullptr, &at, size);
    }
    if (key != nullptr && (EVP_PKEY_is_a(key, "RSA") != 1 || at != unsignedOf(der) + der.size())) {
        EVP_PKEY_free(key);
        return nullptr;
    }
    return key;
}

} // namespace

void PublicKey::Free::operator()(EVP_PKEY* key) const {
    EVP_PKEY_free(key);
}

std::optional<PublicKey> PublicKey::load(KeyType type, std::string_view octets) {
    EVP_PKEY* key = nullptr;
    ERR_set_mark(); // Broken keys are an answer, and no error that others should find in the queue.
    switch (type) {
    case KeyType::rsa:
        key = loadRsa(octets);
        break;
    case KeyType::ed25519:
        if (octets.size() == 32) {
            key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, unsignedOf(octets), octets.size());
        }
        break;
    }
    ERR_pop_to_mark();
    return key == nullptr ? std::nullopt : std::optional(PublicKey(type, key));
}

int PublicKey::bits() const {
    return type_ == KeyType::ed25519 ? 256 : EVP_PKEY_get_bits(key_.get());
}

bool PublicKey::verifies(std::string_view sha256, std::string_view signature) const {
    ERR_set_mark();
    bool good = false;
    if (type_ == KeyType::ed25519) { // RFC 8463 section 3: PureEdDSA of the hash
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
        good = context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key_.get()) == 1 &&
               EVP_DigestVerify(context.get(), unsignedOf(signature), signature.size(), unsignedOf(sha256),
                                sha256.size()) == 1;
    } else { // RFC 8017 section 8.2: RSASSA-PKCS1-v1_5
        const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(EVP_PKEY_CTX_new(key_.get(), nullptr),
                                                                                  EVP_PKEY_CTX_free);
        good = context && EVP_PKEY_verify_init(context.get()) == 1 &&
               EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1 &&
               EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha256()) == 1 &&
               EVP_PKEY_verify(context.get(), unsignedOf(signature), signature.size(), unsignedOf(sha256),
                               sha256.size()) == 1;
    }
    ERR_pop_to_mark();
    return good;
}

} // namespace sealwright::dkim
