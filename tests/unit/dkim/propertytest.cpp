#include "dkim/sign.h"
#include "dkim/verify.h"

#include "support/fakeresolver.h"
#include "support/randommessage.h"

#include <gtest/gtest.h>

namespace sealwright::dkim {
namespace {

class Property : public testing::TestWithParam<KeyAlgorithm> {
protected:
    Property() {
        resolver.add("s1._domainkey.example.org TXT v=DKIM1; k=" + std::string(toString(key.type())) +
                     "; p=" + key.publicKey());
    }

    SigningOptions randomOptions(std::size_t bodySize) {
        const auto coin = [this] { return random() % 2 == 0; };
        SigningOptions options{test::dnsName("example.org"), test::dnsName("s1")};
        options.header = coin() ? Canonicalization::simple : Canonicalization::relaxed;
        options.body = coin() ? Canonicalization::simple : Canonicalization::relaxed;
        options.headers = {"From"};
        for (const char* name : {"FROM", "To", "Subject", "subject", "Sender", "X-Never"}) {
            if (coin()) {
                options.headers.emplace_back(name);
            }
        }
        if (random() % 4 == 0) {
            options.bodyLength = random() % (bodySize + 1);
        }
        return options;
    }

    Result verify(const std::string& message) {
        message::Header header = message::Header::parse(message);
        const std::size_t body = header.bodyBegin;
        Verifier verifier(std::move(header));
        verifier.addBody(std::string_view(message).substr(body));
        const auto all = verifier.finish(resolver, {}, {});
        return all.size() == 1 ? all.front().result : Result::none;
    }

    KeyPair key = KeyPair::generate(GetParam()).value();
    test::FakeResolver resolver;
    std::mt19937 random{20261127}; // the same in every run
};

std::string canonicalBody(std::string_view body, const SigningOptions& options) {
    std::string text;
    BodyCanonicalizer canonicalizer(options.body, options.bodyLength, [&](std::string_view octets) { text += octets; });
    canonicalizer.add(body);
    canonicalizer.finish();
    return text;
}

// All that was signed, as it is hashed: the fields of each name from the last one up, and the body.
std::string signedPart(const std::string& message, const SigningOptions& options) {
    const message::Header header = message::Header::parse(message);
    std::string text;
    std::vector<bool> taken(header.fields.size());
    for (const std::string& name : options.headers) {
        for (std::size_t i = header.fields.size(); i-- > 0;) {
            if (!taken[i] && header.fields[i].isNamed(name)) {
                taken[i] = true;
                text += canonicalField(header.fields[i], options.header) + "\n";
                break;
            }
        }
    }
    return text + canonicalBody(std::string_view(message).substr(header.bodyBegin), options);
}

TEST_P(Property, WhatIsSignedVerifiesUntilABitOfItChanges) {
    const int messages = GetParam() == KeyAlgorithm::ed25519 ? 60 : 30;
    int changed = 0;
    for (int i = 0; i < messages; ++i) {
        const std::string mail = test::randomMessage(random);
        const SigningOptions options = randomOptions(mail.size() - message::Header::parse(mail).bodyBegin);
        const std::string field = sign(mail, key, options);
        // l= may be more than the canonical body has, and is a fault of the signature then (RFC 6376 section 3.5).
        const std::string body = mail.substr(message::Header::parse(mail).bodyBegin);
        SigningOptions whole = options;
        whole.bodyLength.reset();
        const bool tooLong = options.bodyLength.value_or(0) > canonicalBody(body, whole).size();
        ASSERT_EQ(verify(field + mail), tooLong ? Result::fail : Result::pass) << field << mail;
        if (tooLong) {
            continue;
        }
        const std::string before = signedPart(mail, options);
        for (int flip = 0; flip < 40; ++flip) {
            std::string flipped = mail;
            const std::size_t at = random() % flipped.size();
            flipped[at] = static_cast<char>(static_cast<unsigned char>(flipped[at]) ^ (1U << (random() % 8)));
            const bool same = signedPart(flipped, options) == before;
            changed += same ? 0 : 1;
            ASSERT_EQ(verify(field + flipped) == Result::pass, same) << "octet " << at << " of " << field << mail;
        }
    }
    EXPECT_GT(changed, 500);
}

TEST_P(Property, NoBitOfTheSignatureItselfCanChange) {
    const std::string mail = test::randomMessage(random);
    const std::string field = sign(mail, key, randomOptions(0));
    ASSERT_EQ(verify(field + mail), Result::pass);
    const std::size_t value = field.find(" b=") + 3;
    for (int flip = 0; flip < 300; ++flip) {
        std::string flipped = field;
        const std::size_t at = random() % flipped.size();
        const auto bit = static_cast<unsigned char>(1U << (random() % 8));
        flipped[at] = static_cast<char>(static_cast<unsigned char>(flipped[at]) ^ bit);
        const bool spaces =
            std::string_view(" \t\r\n").find(field[at]) != std::string_view::npos; // folding of b= counts for nothing
        const bool lastOctets = at + 6 > field.size();                             // padding bits of base64
        if (!spaces && !lastOctets) {
            EXPECT_NE(verify(flipped + mail), Result::pass) << at << (at >= value ? " in b=" : "") << ": " << flipped;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(With, Property, testing::Values(KeyAlgorithm::rsa2048, KeyAlgorithm::ed25519),
                         [](const auto& tested) { return std::string(toString(tested.param)); });

} // namespace
} // namespace sealwright::dkim
