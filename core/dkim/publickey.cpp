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

// What an element of that type holds, and what stands behind it; nothing where the first element is another one.
struct Element {
    std::string_view content, rest;
};

std::optional<Element> element(std::string_view der, int type) {
    const unsigned char* at = unsignedOf(der);
    long length = 0;
    int tag = 0;
    int kind = 0;
    const int read = ASN1_get_object(&at, &length, &tag, &kind, static_cast<long>(der.size()));
    if ((read & 0x81) != 0 || tag != type) { // broken, or without a length
        return std::nullopt;
    }
    const auto begin = static_cast<std::size_t>(at - unsignedOf(der));
    const auto size = static_cast<std::size_t>(length);
    return Element{der.substr(begin, size), der.substr(begin + size)};
}

// The RSAPublicKey in a SubjectPublicKeyInfo (RFC 5280 section 4.1), or what is given where it is none. OpenSSL's own
// decoder tries every kind of key that it knows, which costs more than to verify.
std::string_view bareKey(std::string_view der) {
    constexpr std::string_view rsaEncryption("\x30\x0D\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01\x05\x00", 15);
    const auto info = element(der, V_ASN1_SEQUENCE);
    if (!info || !info->rest.empty() || !info->content.starts_with(rsaEncryption)) {
        return der;
    }
    const auto bits = element(info->content.substr(rsaEncryption.size()), V_ASN1_BIT_STRING);
    const bool whole = bits && bits->rest.empty() && bits->content.starts_with('\0');
    return whole ? bits->content.substr(1) : der;
}

EVP_PKEY* loadRsa(std::string_view der) {
    const std::string_view bare = bareKey(der);
    const unsigned char* at = unsignedOf(bare);
    EVP_PKEY* key = d2i_PublicKey(EVP_PKEY_RSA, nullptr, &at, static_cast<long>(bare.size()));
    if (key != nullptr && at != unsignedOf(bare) + bare.size()) {
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
