#include "base/base64.h"
#include "keys/keypair.h"

#include "support/filecontent.h"
#include "support/program.h"

#include <gtest/gtest.h>

namespace sealwright {
namespace {

using test::isInstalled;
using test::run;

std::string recordOf(const KeyPair& key) {
    return "v=DKIM1; k=" + std::string(key.type() == KeyType::rsa ? "rsa" : "ed25519") + "; p=" + key.publicKey();
}

/// What follows the last `p=` of a record, its quoted strings joined.
std::string publicKeyIn(const std::string& record) {
    const std::size_t begin = record.find("p=");
    std::string key;
    for (const char c : record.substr(begin == std::string::npos ? 0 : begin + 2)) {
        if (c == ';' || c == ')') {
            break;
        }
        if (c != '"' && c != ' ' && c != '\t' && c != '\n') {
            key += c;
        }
    }
    return key;
}

class Interop : public testing::TestWithParam<KeyAlgorithm> {
protected:
    KeyPair key = KeyPair::generate(GetParam()).value();
    test::TemporaryFolder folder;
    std::filesystem::path pem = folder.write("key.pem", key.toPem().view());
};

TEST_P(Interop, OpensslReadsOurKeyAndFindsItSound) {
    ASSERT_TRUE(isInstalled("openssl"));
    EXPECT_EQ(run({"openssl", "pkey", "-in", pem, "-check", "-noout"}).status, 0);
    const SecretBytes passphrase(std::string_view("correct horse"));
    const auto encrypted = folder.write("encrypted.pem", key.toEncryptedPem(passphrase)->view());
    const auto read = run({"openssl", "pkey", "-in", encrypted, "-passin", "pass:correct horse"});
    EXPECT_EQ(read.status, 0) << read.output;
    EXPECT_EQ(read.output, key.toPem().view());
    EXPECT_NE(run({"openssl", "pkey", "-in", encrypted, "-passin", "pass:wrong"}).status, 0);
}

TEST_P(Interop, WeReadWhatOpensslMakesAndEncrypts) {
    const auto made = folder.path() / "made.pem";
    const bool rsa = typeOf(GetParam()) == KeyType::rsa;
    const std::string bits = "rsa_keygen_bits:" + std::to_string(key.bits());
    ASSERT_EQ(
        rsa ? run({"openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", bits, "-aes256", "-pass", "pass:a b", "-out",
                   made})
                  .status
            : run({"openssl", "genpkey", "-algorithm", "ed25519", "-aes256", "-pass", "pass:a b", "-out", made}).status,
        0);
    const auto read = KeyPair::fromPem(test::contentOf(made), SecretBytes(std::string_view("a b")));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->bits(), key.bits());
    EXPECT_EQ(read->toPem().view(), run({"openssl", "pkey", "-in", made, "-passin", "pass:a b"}).output);
}

TEST_P(Interop, DkimpySignsWithOurKeyAndVerifiesWithOurRecord) {
    const bool rsa = key.type() == KeyType::rsa;
    // dkimpy keeps an Ed25519 key as the base64 of its seed: the last 32 octets of PKCS#8 (RFC 8410 section 7).
    const SecretBytes der = key.toPkcs8Der();
    const auto seed = folder.write("seed", base64Encode(der.view().substr(der.size() - 32)));
    const auto record = folder.write("record", recordOf(key));
    const auto judged = run({"/usr/bin/python3", SEALWRIGHT_DKIMPY, rsa ? pem : seed, record});
    EXPECT_EQ(judged.status, 0) << judged.output;
}

INSTANTIATE_TEST_SUITE_P(With, Interop,
                         testing::Values(KeyAlgorithm::rsa2048, KeyAlgorithm::rsa4096, KeyAlgorithm::ed25519),
                         [](const auto& tested) { return std::string(toString(tested.param)); });

TEST(OpendkimTestkey, FindsThatOurKeyBelongsToOurRecord) {
    if (!isInstalled("opendkim-testkey")) {
        GTEST_SKIP() << "opendkim-testkey (opendkim-tools) is not installed";
    }
    const test::TemporaryFolder folder;
    const KeyPair key = KeyPair::generate(KeyAlgorithm::rsa2048).value();
    const KeyPair other = KeyPair::generate(KeyAlgorithm::rsa2048).value();
    const std::string record = recordOf(key);
    const auto zone =
        folder.write("zone", "$ORIGIN example.org.\n@ 60 SOA a a 1 1 1 1 1\n@ 60 NS a\ns._domainkey 60 TXT \"" +
                                 record.substr(0, 200) + "\" \"" + record.substr(200) + "\"\n");
    const auto resolver =
        folder.write("unbound.conf", "server:\n  username: \"\"\n  chroot: \"\"\nauth-zone:\n  name: "
                                     "example.org\n  zonefile: " +
                                         zone.string() + "\n  for-upstream: yes\n  fallback-enabled: no\n");
    const auto settings = folder.write("opendkim.conf", "ResolverConfiguration " + resolver.string() + "\n");
    const auto ours = folder.write("key.pem", key.toPem().view());
    const auto wrong = folder.write("other.pem", other.toPem().view());
    for (const auto& file : {ours, wrong}) {
        std::filesystem::permissions(file, std::filesystem::perms::owner_read);
    }
    const auto test = [&](const std::filesystem::path& file) {
        return run({"opendkim-testkey", "-x", settings, "-d", "example.org", "-s", "s", "-k", file, "-vv"});
    };
    const auto judged = test(ours);
    EXPECT_EQ(judged.status, 0) << judged.output;
    EXPECT_NE(test(wrong).status, 0) << "it must see another key";
}

TEST(OpendkimGenkey, MakesKeysThatWeReadAsItPublishesThem) {
    if (!isInstalled("opendkim-genkey")) {
        GTEST_SKIP() << "opendkim-genkey (opendkim-tools) is not installed";
    }
    const test::TemporaryFolder folder;
    const auto made = run({"opendkim-genkey", "-b", "2048", "-d", "example.org", "-s", "s", "-D", folder.path()});
    ASSERT_EQ(made.status, 0) << made.output;
    const auto key = KeyPair::fromPem(test::contentOf(folder.path() / "s.private"));
    ASSERT_TRUE(key);
    EXPECT_EQ(key->publicKey(), publicKeyIn(test::contentOf(folder.path() / "s.txt")));
}

TEST(Dknewkey, MakesRsaKeysThatWeReadAsItPublishesThem) {
    if (!isInstalled("dknewkey")) {
        GTEST_SKIP() << "dknewkey (python3-dkim) is not installed";
    }
    const test::TemporaryFolder folder;
    const auto made = run({"dknewkey", "--ktype", "rsa", folder.path() / "s"});
    ASSERT_EQ(made.status, 0) << made.output;
    const auto key = KeyPair::fromPem(test::contentOf(folder.path() / "s.key"));
    ASSERT_TRUE(key);
    EXPECT_EQ(key->publicKey(), publicKeyIn(test::contentOf(folder.path() / "s.dns")));
}

} // namespace
} // namespace sealwright
