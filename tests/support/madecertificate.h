#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sealwright::test {

/// A certificate made for a test, of a new P-256 key.
struct MadeCertificate {
    std::string der;
    std::string publicKey; ///< SubjectPublicKeyInfo, DER.

    [[nodiscard]] std::string pem() const;
};

struct CertificateParts {
    std::vector<std::string> names{}; ///< The dNSNames of subjectAltName, as octets; empty: no such extension.
    std::string commonName{};
    std::string notBefore = "20260101000000Z";
    std::string notAfter = "20270101000000Z";
};

/// Signed with its own key. The test ends where OpenSSL does not make it.
[[nodiscard]] MadeCertificate makeCertificate(const CertificateParts& parts);

/// A PEM block of those octets (RFC 7468).
[[nodiscard]] std::string pemBlock(std::string_view label, std::string_view octets);

} // namespace sealwright::test
