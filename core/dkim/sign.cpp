#include "dkim/sign.h"

#include "base/base64.h"
#include "base/digest.h"
#include "dkim/headerhash.h"

#include <openssl/evp.h>
#include <openssl/rsa.h>

namespace sealwright::dkim {
namespace {

constexpr std::size_t lineLength = 72;

std::string_view word(Canonicalization canonicalization) {
    switch (canonicalization) {
    case Canonicalization::simple:
        return "simple";
    case Canonicalization::relaxed:
        return "relaxed";
    }
    return {};
}

std::string bodyHash(std::string_view body, const SigningOptions& options) {
    Sha256 hash;
    BodyCanonicalizer canonicalizer(options.body, options.bodyLength,
                                    [&hash](std::string_view octets) { hash.add(octets); });
    canonicalizer.add(body);
    canonicalizer.finish();
    return base64Encode(hash.finish());
}

// RFC 8463 section 3: PureEdDSA of the hash; RFC 8017 section 8.2: RSASSA-PKCS1-v1_5.
std::string signatureOf(const std::string& sha256, const KeyPair& key) {
    const auto* const digest = reinterpret_cast<const unsigned char*>(sha256.data());
    std::string signature(static_cast<std::size_t>(EVP_PKEY_get_size(key.handle())), '\0');
    auto* const out = reinterpret_cast<unsigned char*>(signature.data());
    std::size_t size = signature.size();
    bool done = false;
    if (key.type() == KeyType::ed25519) {
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
        done = context && EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.handle()) == 1 &&
               EVP_DigestSign(context.get(), out, &size, digest, sha256.size()) == 1;
    } else {
        const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
            EVP_PKEY_CTX_new(key.handle(), nullptr), EVP_PKEY_CTX_free);
        done = context && EVP_PKEY_sign_init(context.get()) == 1 &&
               EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1 &&
               EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha256()) == 1 &&
               EVP_PKEY_sign(context.get(), out, &size, digest, sha256.size()) == 1;
    }
    return done ? signature.substr(0, size) : std::string();
}

std::string folded(const std::string& text) {
    std::string lines;
    for (std::size_t at = 0; at < text.size(); at += lineLength) {
        lines += "\r\n\t" + text.substr(at, lineLength);
    }
    return lines;
}

std::string seconds(std::chrono::sys_seconds time) {
    return std::to_string(time.time_since_epoch().count());
}

} // namespace

std::string sign(std::string_view message, const KeyPair& key, const SigningOptions& options) {
    const message::Header header = message::Header::parse(message);
    std::string raw = "DKIM-Signature: v=1; a=" + std::string(toString(key.type())) + "-sha256; c=";
    raw.append(word(options.header)).append("/").append(word(options.body));
    raw += "; d=" + options.domain.toString() + ";\r\n\ts=" + options.selector.toString() + ";";
    raw += options.signedAt ? " t=" + seconds(*options.signedAt) + ";" : "";
    raw += options.expiresAt ? " x=" + seconds(*options.expiresAt) + ";" : "";
    raw += options.bodyLength ? " l=" + std::to_string(*options.bodyLength) + ";" : "";
    raw += " h=";
    for (const std::string& name : options.headers) {
        raw += (&name == options.headers.data() ? "" : ":") + name;
    }
    raw += ";\r\n\tbh=" + bodyHash(message.substr(header.bodyBegin), options) + ";\r\n\tb=";
    const message::HeaderField field{"DKIM-Signature", raw};
    const std::string signature = signatureOf(headerHash(header, options.headers, field, options.header), key);
    return signature.empty() ? std::string() : raw + folded(base64Encode(signature)) + "\r\n";
}

} // namespace sealwright::dkim
