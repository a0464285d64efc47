#pragma once

#include "checks/network.h"

#include <filesystem>
#include <memory>
#include <openssl/ssl.h>
#include <optional>

namespace sealwright {

/// The certificate authorities that certificates are judged by. Safe to use from several threads.
class TrustStore {
public:
    /// Those of this computer, or instead those of a PEM file.
    explicit TrustStore(const std::optional<std::filesystem::path>& file);

    /// False where there is no such file, or no certificate in it.
    [[nodiscard]] bool isUsable() const { return usable_; }
    [[nodiscard]] X509_STORE* get() const { return store_.get(); }

private:
    struct Free {
        void operator()(X509_STORE* store) const { X509_STORE_free(store); }
    };
    std::unique_ptr<X509_STORE, Free> store_;
    bool usable_ = false;
};

/// Writes down what the server of a handshake shows, and lets none fail for its certificate.
class CertificateWitness {
public:
    explicit CertificateWitness(const TrustStore& trusted) : trusted_(trusted) {}
    CertificateWitness(const CertificateWitness&) = delete;
    CertificateWitness& operator=(const CertificateWitness&) = delete;

    /// The handshakes of this context, as long as this object lives.
    void watch(SSL_CTX* context);
    [[nodiscard]] const ShownCertificate& shown() const { return shown_; }

private:
    static int onCertificate(X509_STORE_CTX* handshake, void* self);

    const TrustStore& trusted_;
    ShownCertificate shown_;
};

} // namespace sealwright
