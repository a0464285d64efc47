#include "dkim/sign.h"
#include "support/dkimsample.h"
#include "support/fakeresolver.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace sealwright::dkim {
namespace {

constexpr std::string_view names[] = {"From", "To", "Subject", "Received", "X-Odd", "Sender"};

// More fields than those of a sample, some of them more than once.
std::string randomMail(std::mt19937& random) {
    std::string fields;
    for (auto count = random() % 5; count > 0; --count) {
        fields += random() % 2 == 0 ? "Received: by a \t\r\n\twith b  c\r\n" : "x-odD \t:  Some\r\n Thing \r\n";
    }
    return fields + test::randomMessage(random);
}

std::uint64_t canonicalSize(std::string_view mail, Canonicalization canonicalization) {
    BodyCanonicalizer canonicalizer(canonicalization, {}, [](std::string_view) {});
    canonicalizer.add(mail.substr(message::Header::parse(mail).bodyBegin));
    canonicalizer.finish();
    return canonicalizer.size();
}

SigningOptions randomOptions(std::mt19937& random, std::string_view mail) {
    SigningOptions how{test::dnsName("example.org"), test::dnsName("s1")};
    how.header = random() % 2 == 0 ? Canonicalization::simple : Canonicalization::relaxed;
    how.body = random() % 2 == 0 ? Canonicalization::simple : Canonicalization::relaxed;
    how.headers = {"From"};
    for (auto count = random() % 10; count > 0; --count) { // also once more than there are, and of fields not there
        how.headers.emplace_back(names[random() % std::size(names)]);
    }
    std::shuffle(how.headers.begin(), how.headers.end(), random);
    if (random() % 3 == 0) {
        how.bodyLength = random() % (canonicalSize(mail, how.body) + 1);
    }
    return how;
}

// Each name takes the lowest field that is not taken yet (RFC 6376 section 5.4.2).
std::string canonicalFields(const message::Header& header, const Signature& signature) {
    std::string all;
    std::set<std::size_t> taken;
    for (const std::string& name : signature.headers) {
        for (std::size_t at = header.fields.size(); at-- > 0;) {
            if (header.fields[at].isNamed(name) && taken.insert(at).second) {
                all += canonicalField(header.fields[at], signature.header) + '\n';
                break;
            }
        }
    }
    return all;
}

// Whatever a change of has to be noticed, in canonical form; b= without white space. Nothing where no signature can be
// read on top.
std::optional<std::string> signedPart(std::string_view mail) {
    const message::Header header = message::Header::parse(mail);
    if (header.fields.empty() || !header.fields.front().isNamed("DKIM-Signature")) {
        return std::nullopt;
    }
    const message::HeaderField& field = header.fields.front();
    const auto signature = Signature::parse(field.value());
    if (!signature) {
        return std::nullopt;
    }
    std::string all = signature->signature + '\n' + canonicalField(withoutSignature(field), signature->header) + '\n' +
                      canonicalFields(header, *signature);
    BodyCanonicalizer canonicalizer(signature->body, signature->bodyLength,
                                    [&all](std::string_view octets) { all += octets; });
    canonicalizer.add(mail.substr(header.bodyBegin));
    canonicalizer.finish();
    return all;
}

std::string withFlippedBit(std::string text, std::size_t bit) {
    text[bit / 8] = static_cast<char>(static_cast<unsigned char>(text[bit / 8]) ^ (1U << (bit % 8)));
    return text;
}

class DkimProperty : public testing::TestWithParam<KeyAlgorithm> {
protected:
    std::string signedMail() {
        const std::string mail = randomMail(random);
        const SigningOptions how = randomOptions(random, mail);
        return sign(mail, key, how) + mail;
    }

    KeyPair key = KeyPair::generate(GetParam()).value();
    std::string record = test::keyRecordOf(key);
    std::mt19937 random{6376};
};

TEST_P(DkimProperty, WhatIsSignedVerifies) {
    for (int i = 0; i < 300; ++i) {
        const std::string mail = signedMail();
        ASSERT_EQ(test::verifySample(mail, record), Result::pass) << mail;
    }
}

TEST_P(DkimProperty, NoBitOfTheSignedPartMayFlip) {
    int noticed = 0;
    int undone = 0;
    for (int i = 0; i < 60; ++i) {
        const std::string mail = signedMail();
        const auto original = signedPart(mail);
        ASSERT_TRUE(original) << mail;
        for (int flip = 0; flip < 50; ++flip) {
            const std::size_t bit = random() % (mail.size() * 8);
            const std::string changed = withFlippedBit(mail, bit);
            const bool isSame = signedPart(changed) == original;
            ASSERT_EQ(test::verifySample(changed, record) == Result::pass, isSame)
                << "bit " << bit % 8 << " of octet " << bit / 8 << " of\n"
                << mail;
            ++(isSame ? undone : noticed);
        }
    }
    EXPECT_GT(noticed, 1000);
    EXPECT_GT(undone, 100);
}

TEST_P(DkimProperty, NoBitOfTheSignatureMayFlip) {
    const std::string mail = signedMail();
    const std::size_t tag = mail.find("\tb=");
    ASSERT_NE(tag, std::string::npos) << mail;
    const auto original = signedPart(mail);
    int same = 0;
    const std::size_t end = message::Header::parse(mail).fields.front().raw.size(); // b= comes last
    for (std::size_t at = tag + 3; at < end; ++at) {
        if (std::string_view(" \t\r\n").find(mail[at]) != std::string_view::npos) {
            continue;
        }
        for (std::size_t bit = at * 8; bit < at * 8 + 8; ++bit) {
            const std::string changed = withFlippedBit(mail, bit);
            const bool isSame = signedPart(changed) == original; // bits behind the last octet (RFC 4648 section 3.5)
            same += isSame ? 1 : 0;
            ASSERT_EQ(test::verifySample(changed, record) == Result::pass, isSame) << "bit " << bit << " of\n" << mail;
        }
    }
    EXPECT_LE(same, 4); // of the last digit before ==
}

INSTANTIATE_TEST_SUITE_P(With, DkimProperty, testing::Values(KeyAlgorithm::rsa2048, KeyAlgorithm::ed25519),
                         [](const auto& tested) { return std::string(toString(tested.param)); });

} // namespace
} // namespace sealwright::dkim
