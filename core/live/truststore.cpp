#include "live/truststore.h"

#include "live/systemauthorities.h"

#include <openssl/err.h>
#include <openssl/store.h>

#ifdef _WIN32
// Last, because it has macros of the names of OpenSSL's types.
#include <windows.h>
// after windows.h
#include <wincrypt.h>
#endif

namespace sealwright {
namespace {

using VerifyContext = std::unique_ptr<X509_STORE_CTX, decltype(&X509_STORE_CTX_free)>;

std::string derOf(const X509* certificate) {
    std::string der(static_cast<std::size_t>(std::max(0, i2d_X509(certificate, nullptr))), '\0');
    auto* out = reinterpret_cast<unsigned char*>(der.data());
    i2d_X509(certificate, &out);
    return der;
}

#ifdef _WIN32

struct CloseWindowsStore {
    void operator()(void* store) const { CertCloseStore(store, 0); }
};
using WindowsStore = std::unique_ptr<void, CloseWindowsStore>;
using WindowsCertificate = std::unique_ptr<const CERT_CONTEXT, decltype(&CertFreeCertificateContext)>;
using WindowsChain = std::unique_ptr<const CERT_CHAIN_CONTEXT, decltype(&CertFreeCertificateChain)>;

WindowsStore storeOf(const STACK_OF(X509) * certificates) {
    WindowsStore store(CertOpenStore(CERT_STORE_PROV_MEMORY, 0, 0, 0, nullptr));
    for (int i = 0; i < sk_X509_num(certificates); ++i) {
        const std::string der = derOf(sk_X509_value(certificates, i));
        CertAddEncodedCertificateToStore(store.get(), X509_ASN_ENCODING, reinterpret_cast<const BYTE*>(der.data()),
                                         static_cast<DWORD>(der.size()), CERT_STORE_ADD_ALWAYS, nullptr);
    }
    return store;
}

/// How Windows leads it to an authority, by way of the others, for the server of a TLS connection.
WindowsChain chainOf(const X509* certificate, const STACK_OF(X509) * others) {
    const std::string der = derOf(certificate);
    const WindowsCertificate first(CertCreateCertificateContext(X509_ASN_ENCODING,
                                                                reinterpret_cast<const BYTE*>(der.data()),
                                                                static_cast<DWORD>(der.size())),
                                   CertFreeCertificateContext);
    char serverAuth[] = szOID_PKIX_KP_SERVER_AUTH;
    char* usages[] = {serverAuth};
    CERT_CHAIN_PARA wanted{};
    wanted.cbSize = sizeof wanted;
    wanted.RequestedUsage = {USAGE_MATCH_TYPE_AND, {1, usages}};
    const CERT_CHAIN_CONTEXT* chain = nullptr;
    CertGetCertificateChain(nullptr, first.get(), nullptr, storeOf(others).get(), &wanted, CERT_CHAIN_DISABLE_AIA,
                            nullptr, &chain);
    return {chain, CertFreeCertificateChain};
}

// X509_STORE_CTX_get_issuer_fn. Only an authority is taken from Windows: intermediates that it knows as well must come
// from the server, as whoever else sends mail to it has no others.
int findIssuer(X509** issuer, X509_STORE_CTX* context, X509* certificate) {
    constexpr DWORD aboutTime = CERT_TRUST_IS_NOT_TIME_VALID | CERT_TRUST_IS_NOT_TIME_NESTED; // OpenSSL looks at that.
    const WindowsChain chain = chainOf(certificate, X509_STORE_CTX_get0_untrusted(context));
    const DWORD errors = chain == nullptr ? DWORD{CERT_TRUST_IS_PARTIAL_CHAIN} : chain->TrustStatus.dwErrorStatus;
    if ((errors & CERT_TRUST_IS_EXPLICIT_DISTRUST) != 0) {
        return -1; // Whatever else it may lead to.
    }
    if ((errors & ~aboutTime) != 0 || chain->rgpChain[0]->cElement > 2) {
        return 0;
    }
    const CERT_SIMPLE_CHAIN& path = *chain->rgpChain[0];
    const CERT_CONTEXT& root = *path.rgpElement[path.cElement - 1]->pCertContext;
    const unsigned char* der = root.pbCertEncoded;
    *issuer = d2i_X509(nullptr, &der, static_cast<long>(root.cbCertEncoded));
    return *issuer == nullptr ? 0 : 1;
}

// Windows fetches most authorities only when a chain leads to them: a copy of those that are there would lack them.
bool loadSystemStore(X509_STORE* store) {
    X509_STORE_set_get_issuer(store, findIssuer);
    return true;
}

#else

// A program that carries its OpenSSL meets systems that keep them elsewhere.
bool loadSystemStore(X509_STORE* store) {
    const auto others = otherSystemAuthorities();
    return (others ? X509_STORE_load_file(store, others->c_str()) : X509_STORE_set_default_paths(store)) == 1;
}

#endif

/// Empty: it leads to an authority of the store.
std::string whyUntrusted(X509_STORE* store, X509* certificate, STACK_OF(X509) * others) {
    const VerifyContext context(X509_STORE_CTX_new(), X509_STORE_CTX_free);
    if (context == nullptr || X509_STORE_CTX_init(context.get(), store, certificate, others) != 1) {
        return "out of memory";
    }
    X509_STORE_CTX_set_default(context.get(), "ssl_server");
    X509_STORE_CTX_set_flags(context.get(), X509_V_FLAG_NO_CHECK_TIME);
    const bool trusted = X509_verify_cert(context.get()) == 1;
    ERR_clear_error();
    return trusted ? std::string() : X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get()));
}

} // namespace

TrustStore::TrustStore(const std::optional<std::filesystem::path>& file) : store_(X509_STORE_new()) {
    if (store_ == nullptr) {
        throw std::bad_alloc();
    }
    const auto name = file ? file->u8string() : std::u8string();
    usable_ = file ? X509_STORE_load_file(store_.get(), reinterpret_cast<const char*>(name.c_str())) == 1
                   : loadSystemStore(store_.get());
    ERR_clear_error();
}

tl::expected<TrustStore, Problem<NetworkError>> makeTrustStore(const NetworkOptions& options) {
    TrustStore store(options.caFile);
    if (options.caFile && !store.isUsable()) {
        const auto path = options.caFile->u8string();
        return tl::unexpected(problem(NetworkError::badCaFile, std::string(path.begin(), path.end())));
    }
    return store;
}

void CertificateWitness::watch(SSL_CTX* context) {
    SSL_CTX_set_cert_verify_callback(context, &CertificateWitness::onCertificate, this);
}

int CertificateWitness::onCertificate(X509_STORE_CTX* handshake, void* self) {
    auto& witness = *static_cast<CertificateWitness*>(self);
    STACK_OF(X509)* chain = X509_STORE_CTX_get0_untrusted(handshake); // As the server sent it, its own first.
    witness.shown_ = {};
    for (int i = 0; i < sk_X509_num(chain); ++i) {
        witness.shown_.chain.push_back(derOf(sk_X509_value(chain, i)));
    }
    witness.shown_.untrusted = whyUntrusted(witness.trusted_.get(), X509_STORE_CTX_get0_cert(handshake), chain);
    const auto* tls =
        static_cast<const SSL*>(X509_STORE_CTX_get_ex_data(handshake, SSL_get_ex_data_X509_STORE_CTX_idx()));
    witness.shown_.tlsVersion = SSL_get_version(tls);
    witness.shown_.when = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    X509_STORE_CTX_set_error(handshake, X509_V_OK);
    return 1;
}

} // namespace sealwright
