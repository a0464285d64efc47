#pragma once

#include <chrono>
#include <memory>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <optional>
#include <string>
#include <vector>

namespace sealwright::test {

/// What a certificate is to say.
struct CertificateWish {
    std::vector<std::string> names; ///< DNS names; the first is the common name as well.
    std::chrono::hours begins{-24}; ///< From now.
    std::chrono::hours ends{24 * 90};
};

/// A certificate with its key (P-256), as a server has it.
class TestCertificate {
public:
    [[nodiscard]] static TestCertificate selfSigned(const CertificateWish& wish);

    [[nodiscard]] X509* certificate() const { return certificate_.get(); }
    [[nodiscard]] EVP_PKEY* key() const { return key_.get(); }
    [[nodiscard]] std::string der() const;
    [[nodiscard]] std::string pem() const;
    [[nodiscard]] std::string keyPem() const;

private:
    friend class TestAuthority;
    TestCertificate(const CertificateWish& wish, const TestCertificate* issuer, bool isAuthority);

    std::shared_ptr<X509> certificate_;
    std::shared_ptr<EVP_PKEY> key_;
};

/// A certificate authority of the test's own.
class TestAuthority {
public:
    explicit TestAuthority(const std::string& name = "Test authority");

    [[nodiscard]] TestCertificate issue(const CertificateWish& wish) const;
    /// An authority that this one has signed.
    [[nodiscard]] TestAuthority subordinate(const std::string& name) const;
    [[nodiscard]] const TestCertificate& root() const { return root_; }

private:
    explicit TestAuthority(TestCertificate root) : root_(std::move(root)) {}

    TestCertificate root_;
};

} // namespace sealwright::test
