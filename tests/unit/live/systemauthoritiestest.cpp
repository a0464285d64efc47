#include "live/systemauthorities.h"

#include <cstdlib>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/x509.h>

using namespace sealwright;
using testing::Eq;
using testing::Optional;

namespace fs = std::filesystem;

namespace {

/// The root of a file system.
class OtherSystem : public testing::Test {
protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "systemauthorities-XXXXXX").string();
        ASSERT_NE(mkdtemp(name.data()), nullptr);
        root = name;
        unsetenv("SSL_CERT_FILE");
        unsetenv("SSL_CERT_DIR");
    }
    void TearDown() override { fs::remove_all(root); }

    fs::path add(const char* name, const char* content = "certificates") const {
        const fs::path path = root / fs::path(name).relative_path();
        fs::create_directories(path.parent_path());
        std::ofstream(path) << content;
        return path;
    }

    fs::path root;
};

class SystemOf : public OtherSystem, public testing::WithParamInterface<const char*> {};

TEST_P(SystemOf, KeepsThemWhereWeLook) {
    const auto file = add(GetParam());
    EXPECT_THAT(otherSystemAuthorities(root), Optional(file));
}

INSTANTIATE_TEST_SUITE_P(Distributions, SystemOf,
                         testing::Values("/etc/ssl/certs/ca-certificates.crt",                // Arch
                                         "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", // Fedora
                                         "/etc/pki/tls/certs/ca-bundle.crt",                  // RHEL
                                         "/var/lib/ca-certificates/ca-bundle.pem",            // openSUSE
                                         "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"));     // Alpine

TEST_F(OtherSystem, HasNoneAtAll) {
    EXPECT_THAT(otherSystemAuthorities(root), Eq(std::nullopt));
}

TEST_F(OtherSystem, HasAnEmptyFileBeforeTheRightOne) {
    add("/etc/ssl/certs/ca-certificates.crt", "");
    const auto file = add("/etc/pki/tls/certs/ca-bundle.crt");
    EXPECT_THAT(otherSystemAuthorities(root), Optional(file));
}

TEST_F(OtherSystem, IsLeftToOpenSslWhereItFindsThem) {
    add("/etc/pki/tls/certs/ca-bundle.crt");
    add((std::string(X509_get_default_cert_dir()) + "/0a1b2c3d.0").c_str());
    EXPECT_THAT(otherSystemAuthorities(root), Eq(std::nullopt));
}

TEST_F(OtherSystem, IsNotAskedWhereTheUserSaysWhich) {
    add("/etc/pki/tls/certs/ca-bundle.crt");
    for (const char* variable : {"SSL_CERT_FILE", "SSL_CERT_DIR"}) {
        setenv(variable, "/somewhere", 1);
        EXPECT_THAT(otherSystemAuthorities(root), Eq(std::nullopt)) << variable;
        unsetenv(variable);
    }
}

} // namespace
