#include "base/base64.h"
#include "dkim/sign.h"
#include "support/dkimsample.h"
#include "support/fakeresolver.h"
#include "support/filecontent.h"
#include "support/program.h"

#include <gtest/gtest.h>

namespace sealwright::dkim {
namespace {

class Interop : public testing::TestWithParam<KeyAlgorithm> {
protected:
    KeyPair key = KeyPair::generate(GetParam()).value();
    std::mt19937 random{20261127};
    test::TemporaryFolder folder;
    test::TemporaryFolder keys;
};

TEST_P(Interop, DkimpyVerifiesWhatWeSign) {
    for (int i = 0; i < 100; ++i) {
        const std::string message = test::randomMessage(random);
        SigningOptions how{test::dnsName("example.org"), test::dnsName("s1")};
        how.header = i % 2 == 0 ? Canonicalization::simple : Canonicalization::relaxed;
        how.body = i % 4 < 2 ? Canonicalization::simple : Canonicalization::relaxed;
        how.headers = {"From", "From", "To", "Subject", "Sender"};
        static_cast<void>(folder.write(std::to_string(i) + ".eml", sign(message, key, how) + message));
    }
    const auto record = keys.write("record", test::keyRecordOf(key));
    const auto judged = test::run({"/usr/bin/python3", SEALWRIGHT_DKIMPY, "verify", folder.path(), record});
    EXPECT_EQ(judged.status, 0) << judged.output;
}

TEST_P(Interop, WeVerifyWhatDkimpySigns) {
    for (int i = 0; i < 50; ++i) {
        static_cast<void>(folder.write(std::to_string(i) + ".eml", test::randomMessage(random)));
    }
    // dkimpy keeps an Ed25519 key as the base64 of its seed: the last 32 octets of PKCS#8 (RFC 8410 section 7).
    const SecretBytes der = key.toPkcs8Der();
    const bool rsa = key.type() == KeyType::rsa;
    const auto secret = rsa ? keys.write("key", key.toPem().view())
                            : keys.write("key", base64Encode(der.view().substr(der.size() - 32)));
    const std::string type(toString(key.type()));
    const auto made = test::run({"/usr/bin/python3", SEALWRIGHT_DKIMPY, "sign", folder.path(), secret, type});
    ASSERT_EQ(made.status, 0) << made.output;
    const std::string record = test::keyRecordOf(key);
    int verified = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        if (entry.path().extension() != ".eml") {
            EXPECT_EQ(test::verifySample(test::contentOf(entry.path()), record), Result::pass) << entry.path();
            ++verified;
        }
    }
    EXPECT_EQ(verified, 200);
}

INSTANTIATE_TEST_SUITE_P(With, Interop, testing::Values(KeyAlgorithm::rsa2048, KeyAlgorithm::ed25519),
                         [](const auto& tested) { return std::string(toString(tested.param)); });

} // namespace
} // namespace sealwright::dkim
