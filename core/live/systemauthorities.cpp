#include "live/systemauthorities.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <openssl/x509.h>

namespace sealwright {

namespace fs = std::filesystem;

namespace {

constexpr std::array places{
    "etc/ssl/certs/ca-certificates.crt",                // Debian, Arch, Gentoo
    "etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", // Fedora, RHEL
    "etc/pki/tls/certs/ca-bundle.crt",                  // the same before Fedora 34
    "var/lib/ca-certificates/ca-bundle.pem",            // openSUSE
    "etc/ssl/ca-bundle.pem",                            // the same, as a link that newer releases lack
    "etc/ssl/cert.pem",                                 // Alpine, the BSDs
};

bool hasContent(const fs::path& path) {
    std::error_code error;
    const bool empty = fs::is_empty(path, error);
    return !error && !empty;
}

bool isSet(const char* variable) {
    return std::getenv(variable) != nullptr; // As OpenSSL asks: to nothing is set as well.
}

} // namespace

std::optional<fs::path> otherSystemAuthorities(const fs::path& root) {
    const auto below = [&](const char* path) { return root / fs::path(path).relative_path(); };
    if (isSet(X509_get_default_cert_file_env()) || isSet(X509_get_default_cert_dir_env()) ||
        hasContent(below(X509_get_default_cert_file())) || hasContent(below(X509_get_default_cert_dir()))) {
        return std::nullopt;
    }
    const auto* const found = std::ranges::find_if(places, [&](const char* place) { return hasContent(below(place)); });
    return found == places.end() ? std::nullopt : std::optional(below(*found));
}

} // namespace sealwright
