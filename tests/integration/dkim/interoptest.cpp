#include "base/base64.h"
#include "dkim/sign.h"
#include "dkim/verify.h"
#include "support/fakeresolver.h"
#include "support/filecontent.h"
#include "support/program.h"
#include "support/randommessage.h"

#include <gtest/gtest.h>
#include <random>

namespace sealwright::dkim {
namespace {

std::string recordOf(const KeyPair& key) {
    return "v=DKIM1; k=" + std::string(toString(key.type())) + "; p=" + key.publicKey();
}

Result verify(const std::string& message, const KeyPair& key) {
    test::FakeResolver resolver("s1._domainkey.example.org TXT " + recordOf(key));
    message::Header header = message::Header::parse(message);
    const std::size_t body = header.bodyBegin;
    Verifier verifier(std::move(header));
    verifier.addBody(std::string_view(message).substr(body));
    const auto all = verifier.finish(resolver, {}, {});
    return all.size() == 1 ? all.front().result : Result::none;
}

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
    const auto record = keys.write("record", recordOf(key));
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
    int verified = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        if (entry.path().extension() != ".eml") {
            EXPECT_EQ(verify(test::contentOf(entry.path()), key), Result::pass) << entry.path();
            ++verified;
        }
    }
    EXPECT_EQ(verified, 200);
}

TEST(OpenDkim, VerifiesWhatWeSign) {
    const std::string program = SEALWRIGHT_PEERS_OPENDKIM;
    if (!test::isInstalled(program)) {
        GTEST_SKIP() << "libopendkim-dev was not there when this was built";
    }
    const KeyPair key = KeyPair::generate(KeyAlgorithm::rsa2048).value();
    std::mt19937 random(20261128);
    test::TemporaryFolder folder;
    const auto keys = folder.write("keys.tsv", "s1._domainkey.example.org\t" + recordOf(key) + "\n");
    std::string questions;
    for (int i = 0; i < 100; ++i) {
        std::string message = test::randomMessage(random);
        // RFC 6376 section 3.4.4: "If the body is non-empty but does not end with a CRLF, a CRLF is added." OpenDKIM
        // does so for simple bodies only; what comes by SMTP has one.
        message += message.ends_with("\r\n") ? "" : "\r\n";
        SigningOptions how{test::dnsName("example.org"), test::dnsName("s1")};
        how.header = i % 2 == 0 ? Canonicalization::simple : Canonicalization::relaxed;
        how.body = i % 4 < 2 ? Canonicalization::simple : Canonicalization::relaxed;
        how.headers = {"From", "From", "To", "Subject", "Sender"};
        const auto file = folder.write(std::to_string(i) + ".eml", sign(message, key, how) + message);
        questions += std::to_string(i) + "\t" + std::string(file) + "\t" + std::string(keys) + "\n";
    }
    const auto asked = folder.write("questions", questions);
    const auto judged = test::run({"/bin/sh", "-c", "exec \"$1\" <\"$2\"", "sh", program, asked});
    EXPECT_EQ(judged.status, 0);
    std::string expected;
    for (int i = 0; i < 100; ++i) {
        expected += std::to_string(i) + "\tpass\n";
    }
    EXPECT_EQ(judged.output, expected);
}

INSTANTIATE_TEST_SUITE_P(With, Interop, testing::Values(KeyAlgorithm::rsa2048, KeyAlgorithm::ed25519),
                         [](const auto& tested) { return std::string(toString(tested.param)); });

} // namespace
} // namespace sealwright::dkim
