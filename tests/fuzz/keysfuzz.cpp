#include "keys/keypair.h"

#include "fuzz.h"

#include <openssl/err.h>

namespace sealwright {
namespace {

using fuzz::require;

void check(const tl::expected<KeyPair, Problem<KeyError>>& key) {
    require(ERR_peek_error() == 0); // Others read the queue of errors too.
    if (!key) {
        fuzz::requireShort(key.error());
        return;
    }
    require(key->type() == KeyType::ed25519 || (key->bits() >= shortestRsaBits && key->bits() <= longestRsaBits));
    const auto fromPem = KeyPair::fromPem(key->toPem().view());
    require(fromPem && fromPem->fingerprint() == key->fingerprint());
    const auto fromDer = KeyPair::fromPkcs8Der(key->toPkcs8Der().view());
    require(fromDer && fromDer->publicKey() == key->publicKey());
}

} // namespace
} // namespace sealwright

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sealwright;
    const std::string_view text = fuzz::Input(data, size).rest();
    check(KeyPair::fromPem(text));
    check(KeyPair::fromPem(text, SecretBytes("secret")));
    check(KeyPair::fromPkcs8Der(text));
    check(KeyPair::fromServerFile(text));
    return 0;
}
