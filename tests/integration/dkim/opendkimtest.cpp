#include "dkim/sign.h"
#include "support/dkimsample.h"
#include "support/fakeresolver.h"
#include "support/libopendkim.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace sealwright::dkim {
namespace {

std::string keyRecord; // the callback below has no other way to it

unsigned char* octetsOf(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

DKIM_CBSTAT lookUpKey(DKIM*, DKIM_SIGINFO*, u_char* buffer, std::size_t size) {
    if (keyRecord.size() >= size) {
        return DKIM_CBSTAT_ERROR;
    }
    std::copy_n(keyRecord.c_str(), keyRecord.size() + 1, buffer);
    return DKIM_CBSTAT_CONTINUE;
}

class OpenDkim : public testing::TestWithParam<KeyAlgorithm> {
protected:
    OpenDkim() {
        keyRecord = test::keyRecordOf(key);
        dkim_set_key_lookup(library, lookUpKey);
    }
    ~OpenDkim() override { dkim_close(library); }

    // What became of the message, which comes in the way a milter gives it.
    static DKIM_STAT feed(DKIM* handle, const std::string& message) {
        const message::Header header = message::Header::parse(message);
        for (const message::HeaderField& field : header.fields) {
            std::string raw = field.raw;
            dkim_header(handle, octetsOf(raw), raw.size());
        }
        dkim_eoh(handle);
        std::string body = message.substr(header.bodyBegin);
        dkim_body(handle, octetsOf(body), body.size());
        bool isTesting = false;
        return dkim_eom(handle, &isTesting);
    }

    DKIM_STAT verify(const std::string& message) {
        DKIM_STAT status = DKIM_STAT_OK;
        std::string id = "verify";
        DKIM* const handle = dkim_verify(library, octetsOf(id), nullptr, &status);
        status = feed(handle, message);
        dkim_free(handle);
        return status;
    }

    // The field that signs the message, or nothing.
    std::string sign(const std::string& message, dkim_canon_t header, dkim_canon_t body, ssize_t length) {
        DKIM_STAT status = DKIM_STAT_OK;
        std::string id = "sign", selector = "s1", domain = "example.org", pem(key.toPem().view());
        const auto algorithm = key.type() == KeyType::rsa ? DKIM_SIGN_RSASHA256 : DKIM_SIGN_ED25519SHA256;
        DKIM* const handle = dkim_sign(library, octetsOf(id), nullptr, octetsOf(pem), octetsOf(selector),
                                       octetsOf(domain), header, body, algorithm, length, &status);
        if (handle == nullptr) {
            return {};
        }
        const std::string name = DKIM_SIGNHEADER ": ";
        u_char* value = nullptr;
        std::size_t size = 0;
        const bool made = feed(handle, message) == DKIM_STAT_OK &&
                          dkim_getsighdr_d(handle, name.size(), &value, &size) == DKIM_STAT_OK;
        const std::string field = made ? name + std::string(value, value + size) + "\r\n" : "";
        dkim_free(handle);
        return field;
    }

    KeyPair key = KeyPair::generate(GetParam()).value();
    std::mt19937 random{20261127};
    DKIM_LIB* library = dkim_init(nullptr, nullptr);
};

// By SMTP every line ends. libopendkim finds some bodies without that a syntax error.
std::string withLineEnd(const std::string& message) {
    return message.ends_with("\r\n") ? message : message + "\r\n";
}

TEST_P(OpenDkim, VerifiesWhatWeSign) {
    for (int i = 0; i < 100; ++i) {
        const std::string message = withLineEnd(test::randomMessage(random));
        SigningOptions how{test::dnsName("example.org"), test::dnsName("s1")};
        how.header = i % 2 == 0 ? Canonicalization::simple : Canonicalization::relaxed;
        how.body = i % 4 < 2 ? Canonicalization::simple : Canonicalization::relaxed;
        how.headers = {"From", "From", "To", "Subject", "Sender"};
        const std::string signedMessage = dkim::sign(message, key, how) + message;
        EXPECT_EQ(verify(signedMessage), DKIM_STAT_OK) << i << '\n' << signedMessage;
    }
}

TEST_P(OpenDkim, SignsWhatWeVerify) {
    for (int i = 0; i < 100; ++i) {
        const std::string message = withLineEnd(test::randomMessage(random));
        const ssize_t length = i % 5 == 0 ? 0 : -1; // l=0: the whole body is anybody's
        // What it signs by Ed25519 with a simple header it does not verify itself.
        const bool isSimple = key.type() == KeyType::rsa && i % 2 == 0;
        const std::string field = sign(message, isSimple ? DKIM_CANON_SIMPLE : DKIM_CANON_RELAXED,
                                       i % 4 < 2 ? DKIM_CANON_SIMPLE : DKIM_CANON_RELAXED, length);
        ASSERT_NE(field, "") << i;
        EXPECT_EQ(test::verifySample(field + message, keyRecord), Result::pass) << i << '\n' << field << message;
    }
}

TEST_P(OpenDkim, RefusesWhatWasChanged) {
    const std::string message = withLineEnd(test::randomMessage(random));
    const SigningOptions how{test::dnsName("example.org"), test::dnsName("s1"), {}, {}, {"From", "Subject"}};
    EXPECT_NE(verify(dkim::sign(message, key, how) + message + "more\r\n"), DKIM_STAT_OK);
}

INSTANTIATE_TEST_SUITE_P(With, OpenDkim, testing::Values(KeyAlgorithm::rsa2048, KeyAlgorithm::ed25519),
                         [](const auto& tested) { return std::string(toString(tested.param)); });

} // namespace
} // namespace sealwright::dkim
