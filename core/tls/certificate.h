#pragma once

#include "base/problem.h"
#include "names/domainname.h"

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

struct x509_st;

namespace sealwright {

enum class CertificateError {
    tooLong,        ///< Over a megabyte of PEM, 64 kB of one certificate, or 100 certificates.
    noCertificate,  ///< A text without any certificate in it.
    privateKeyOnly, ///< A private key, and no certificate: the wrong file.
    publicKeyOnly,  ///< A public key or a request, and no certificate.
    notBase64,      ///< A PEM block is cut off or damaged; where: its offset.
    malformed,      ///< No X.509 certificate, or with a key or a date that can't be read.
    otherHost,      ///< None is for the host; what: the names that there are.
};

enum class CertificateKey { rsa, ecdsa, ed25519, other };

/// An X.509 certificate (RFC 5280) as a server shows it or a file holds it: anybody may have written it.
class Certificate {
public:
    [[nodiscard]] static tl::expected<Certificate, Problem<CertificateError>> parse(std::string_view der);

    [[nodiscard]] const std::string& der() const { return der_; }
    [[nodiscard]] const std::string& publicKey() const { return publicKey_; } ///< SubjectPublicKeyInfo, DER.
    /// The dNSNames of subjectAltName, small letters, wildcards as they are. The common name is none of them (RFC 9525
    /// section 2). What is no printable ASCII is left out.
    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
    [[nodiscard]] std::chrono::sys_seconds notBefore() const { return notBefore_; }
    [[nodiscard]] std::chrono::sys_seconds notAfter() const { return notAfter_; }
    [[nodiscard]] CertificateKey keyType() const { return keyType_; }
    [[nodiscard]] int bits() const { return bits_; }
    [[nodiscard]] std::string issuer() const; ///< For people: its common name or organization; may be empty.
    [[nodiscard]] x509_st* x509() const { return x509_.get(); } ///< OpenSSL's; lives as long as a copy of this.

    /// SHA-256 of publicKey(), lower-case hex: what a TLSA record `3 1 1` holds.
    [[nodiscard]] std::string publicKeyDigest() const;

    /// RFC 9525 section 6: the whole name, or a wildcard that is the whole leftmost label, for one label.
    [[nodiscard]] bool isFor(const DomainName& host) const;

    bool operator==(const Certificate& other) const { return der_ == other.der_; }

private:
    Certificate() = default;

    std::shared_ptr<x509_st> x509_;
    std::string der_;
    std::string publicKey_;
    std::vector<std::string> names_;
    std::chrono::sys_seconds notBefore_;
    std::chrono::sys_seconds notAfter_;
    CertificateKey keyType_ = CertificateKey::other;
    int bits_ = 0;
};

/// All certificates of a PEM text (RFC 7468), in its order: a server's own comes first. Other blocks are passed over.
[[nodiscard]] tl::expected<std::vector<Certificate>, Problem<CertificateError>> readCertificates(std::string_view pem);

/// The one among them that a server of this name shows: the first that is for it. Without a host simply the first.
[[nodiscard]] tl::expected<Certificate, Problem<CertificateError>>
readServerCertificate(std::string_view pem, const std::optional<DomainName>& host);

} // namespace sealwright
