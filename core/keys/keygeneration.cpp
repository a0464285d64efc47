#include "keys/keypair.h"
#include "keys/openssl.h"

#include <algorithm>
#include <openssl/rsa.h>

namespace sealwright {

namespace {

/// What OpenSSL's callback tells of the search: 3 ends the search for one of the two primes.
constexpr int primeFound = 3;

int rsaBits(KeyAlgorithm algorithm) {
    switch (algorithm) {
    case KeyAlgorithm::rsa2048:
        return 2048;
    case KeyAlgorithm::rsa3072:
        return 3072;
    case KeyAlgorithm::rsa4096:
        return 4096;
    case KeyAlgorithm::ed25519:
        break;
    }
    return 0;
}

struct Search {
    std::stop_token stop;
    const KeyPair::Progress& progress;
    double expectedTries; ///< For one prime; measured: 0.35 times the bits of the modulus.
    int primes = 0;
    double share = 0; ///< Of the present prime: each try may be the last, so it comes ever nearer to 1.

    void report() {
        share += (1 - share) / expectedTries;
        if (progress) {
            progress(std::min(0.99, (primes + share) / 2));
        }
    }
};

int onCandidate(EVP_PKEY_CTX* context) {
    auto& search = *static_cast<Search*>(EVP_PKEY_CTX_get_app_data(context));
    if (search.stop.stop_requested()) {
        return 0; // OpenSSL heeds it at most places it calls from, and goes on calling from the others
    }
    if (EVP_PKEY_CTX_get_keygen_info(context, 0) == primeFound) {
        search.primes = std::min(search.primes + 1, 2);
        search.share = 0;
    }
    search.report();
    return 1;
}

} // namespace

tl::expected<KeyPair, Problem<KeyError>> KeyPair::generate(KeyAlgorithm algorithm, std::stop_token stop,
                                                           const Progress& progress) {
    const openssl::ErrorQueue errors;
    Search search{std::move(stop), progress, 0.35 * rsaBits(algorithm) + 1};
    const bool rsa = typeOf(algorithm) == KeyType::rsa;
    const openssl::KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, rsa ? "RSA" : "ED25519", nullptr));
    if (!context || EVP_PKEY_keygen_init(context.get()) != 1 ||
        (rsa && EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), rsaBits(algorithm)) != 1)) {
        return tl::unexpected(problem(KeyError::library, errors.words()));
    }
    EVP_PKEY_CTX_set_app_data(context.get(), &search);
    EVP_PKEY_CTX_set_cb(context.get(), onCandidate);
    EVP_PKEY* made = nullptr;
    const bool done = EVP_PKEY_generate(context.get(), &made) == 1;
    Handle key(made);
    if (search.stop.stop_requested()) {
        return tl::unexpected(problem(KeyError::cancelled));
    }
    if (!done) {
        return tl::unexpected(problem(KeyError::library, errors.words()));
    }
    if (progress) {
        progress(1);
    }
    return KeyPair(std::move(key));
}

} // namespace sealwright
