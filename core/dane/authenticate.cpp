#include "dane/authenticate.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace sealwright::dane {
namespace {

struct Free {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    void operator()(SSL* ssl) const { SSL_free(ssl); }
    void operator()(X509_STORE* store) const { X509_STORE_free(store); }
    void operator()(X509_STORE_CTX* context) const { X509_STORE_CTX_free(context); }
    void operator()(STACK_OF(X509) * chain) const { sk_X509_free(chain); }
};

template <class T>
T* made(T* object) {
    if (object == nullptr) {
        throw std::bad_alloc();
    }
    return object;
}

/// OpenSSL's own DANE, as Postfix and exim use it, without a connection: records and names belong to an SSL, the
/// verification of a chain to an X509_STORE_CTX.
class Verification {
public:
    Verification(std::span<const Tlsa> records, const Shown& shown) : ssl_(made(SSL_new(context()))) {
        SSL_dane_enable(ssl_.get(), shown.names.front().toString().c_str());
        for (const DomainName& name : shown.names.subspan(1)) {
            SSL_add1_host(ssl_.get(), name.toString().c_str());
        }
        SSL_set_hostflags(ssl_.get(), X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        for (const Tlsa& record : records) {
            if (record.isUsableForSmtp()) { // What can't be read in it is passed over.
                SSL_dane_tlsa_add(ssl_.get(), record.usage, record.selector, record.matchingType,
                                  reinterpret_cast<const unsigned char*>(record.data.data()), record.data.size());
            }
        }
        for (const Certificate& certificate : shown.chain) {
            sk_X509_push(chain_.get(), certificate.x509());
        }
    }

    [[nodiscard]] std::string run(const Shown& shown) {
        if (X509_STORE_CTX_init(verify_.get(), nobody_.get(), shown.chain.front().x509(), chain_.get()) != 1) {
            throw std::bad_alloc();
        }
        X509_STORE_CTX_set_default(verify_.get(), "ssl_server");
        X509_VERIFY_PARAM* wishes = X509_STORE_CTX_get0_param(verify_.get());
        X509_VERIFY_PARAM_set1(wishes, SSL_get0_param(ssl_.get()));
        X509_VERIFY_PARAM_set_time(wishes, shown.when.time_since_epoch().count());
        X509_STORE_CTX_set0_dane(verify_.get(), SSL_get0_dane(ssl_.get()));
        const bool authentic = X509_verify_cert(verify_.get()) == 1;
        return authentic ? std::string() : X509_verify_cert_error_string(X509_STORE_CTX_get_error(verify_.get()));
    }

private:
    static SSL_CTX* context() {
        static const std::unique_ptr<SSL_CTX, Free> shared = [] {
            std::unique_ptr<SSL_CTX, Free> context(made(SSL_CTX_new(TLS_client_method())));
            SSL_CTX_dane_enable(context.get());
            SSL_CTX_dane_set_flags(context.get(), DANE_FLAG_NO_DANE_EE_NAMECHECKS); // RFC 7672 section 3.1.1
            return context;
        }();
        return shared.get();
    }

    std::unique_ptr<SSL, Free> ssl_;
    std::unique_ptr<X509_STORE, Free> nobody_{made(X509_STORE_new())}; ///< Only the records are trusted.
    std::unique_ptr<STACK_OF(X509), Free> chain_{made(sk_X509_new_null())};
    std::unique_ptr<X509_STORE_CTX, Free> verify_{made(X509_STORE_CTX_new())};
};

} // namespace

std::string whyNotAuthentic(std::span<const Tlsa> records, const Shown& shown) {
    if (shown.chain.empty() || shown.names.empty()) {
        return "no certificate";
    }
    std::string why = Verification(records, shown).run(shown);
    ERR_clear_error(); // TLS reads this thread's queue too.
    return why;
}

} // namespace sealwright::dane
