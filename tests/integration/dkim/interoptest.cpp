#include "base/base64.h"
#include "dkim/sign.h"
#include "dkim/verify.h"
#include "support/fakeresolver.h"
#include "support/filecontent.h"
#include "support/program.h"

#include <gtest/gtest.h>
#include <random>

namespace sealwright::dkim {
namespace {

std::string recordOf(const KeyPair& key) {
    return "v=DKIM1; k=" + std::string(toString(key.type())) + "; p=" + key.publicKey();
}

// Mails of all sorts, the same in every run: folded fields, white space where it hurts, empty lines, 8-bit, no body.
std::string randomMessage(std::mt19937& random) {
    constexpr std::string_view pieces[] = {"word",     " ",  "\t",       "  ",  "\r\n",
                                           "\r\n\r\n", "..", "\xC3\xBC", "=20", "a:b;"};
    std::string message = "From: Joe <joe@example.org>\r\nTo: a@example.net,\r\n\tb@example.net\r\nSubject:";
    for (auto words = random() % 6; words > 0; --words) {
        message += random() % 3 == 0 ? "\r\n  folded " : " word \t";
    }
    message += "x\r\n\r\n";
    for (auto count = random() % 40; count > 0; --count) {
        message += pieces[random() % std::size(pieces)];
    }
    // Not every file ends with a line end. White space without one behind it is read differently: by RFC 6376 section
    // 3.4.4 it goes, as at the end of any line; dkimpy keeps one blank. It can't have come by SMTP.
    const bool open = random() % 2 == 0 && message.back() != ' ' && message.back() != '\t';
    return open ? message : message + "\r\n";
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
        const std::string message = randomMessage(random);
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
        static_cast<void>(folder.write(std::to_string(i) + ".eml", randomMessage(random)));
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

INSTANTIATE_TEST_SUITE_P(With, Interop, testing::Values(KeyAlgorithm::rsa2048, KeyAlgorithm::ed25519),
                         [](const auto& tested) { return std::string(toString(tested.param)); });

} // namespace
} // namespace sealwright::dkim
