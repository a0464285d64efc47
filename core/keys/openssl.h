#pragma once

#include "base/secretbytes.h"

#include <memory>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <string>

/// What the files of this folder share of OpenSSL; no header that others include names it.
namespace sealwright::openssl {

template <auto freeFunction>
struct Free {
    template <class T>
    void operator()(T* object) const {
        freeFunction(object);
    }
};

using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Free<EVP_PKEY_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Free<BN_clear_free>>;
using Pkcs8 = std::unique_ptr<PKCS8_PRIV_KEY_INFO, Free<PKCS8_PRIV_KEY_INFO_free>>;
using EncryptedPkcs8 = std::unique_ptr<X509_SIG, Free<X509_SIG_free>>;
using Algorithm = std::unique_ptr<X509_ALGOR, Free<X509_ALGOR_free>>;

/// Leaves the thread's error queue as empty as it should have been found: other users of OpenSSL (TLS) read it too.
class ErrorQueue {
public:
    ErrorQueue();
    ~ErrorQueue();
    ErrorQueue(const ErrorQueue&) = delete;
    ErrorQueue& operator=(const ErrorQueue&) = delete;

    [[nodiscard]] std::string words() const; ///< Of the newest error.
    /// Takes all errors out; true when one of them says that this OpenSSL has no such algorithm.
    [[nodiscard]] bool takeUnsupported();
};

/// Memory for a secret in text form; wiped when freed.
[[nodiscard]] Bio secretBio();
[[nodiscard]] SecretBytes contentsOf(const Bio& bio);

} // namespace sealwright::openssl
