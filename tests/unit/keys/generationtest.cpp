#include "keys/keypair.h"

#include "base/base64.h"

#include <algorithm>
#include <atomic>
#include <ctime>
#include <gtest/gtest.h>
#include <memory>
#include <openssl/bn.h>
#include <thread>
#include <utility>

namespace sealwright {
namespace {

struct Expected {
    KeyAlgorithm algorithm;
    std::string_view name;
    KeyType type;
    int bits;
    std::size_t publicKeyLength; ///< Characters of p=.
};

class Generation : public testing::TestWithParam<Expected> {};

TEST_P(Generation, MakesAKeyOfItsKindWithThePublicTextThatVerifiersExpect) {
    const auto key = KeyPair::generate(GetParam().algorithm);
    ASSERT_TRUE(key);
    EXPECT_EQ(key->type(), GetParam().type);
    EXPECT_EQ(key->bits(), GetParam().bits);
    EXPECT_EQ(key->publicKey().size(), GetParam().publicKeyLength);
    EXPECT_EQ(key->fingerprint().size(), 64U);
}

TEST_P(Generation, ComesBackTheSameFromEveryForm) {
    const auto key = KeyPair::generate(GetParam().algorithm);
    ASSERT_TRUE(key);
    const SecretBytes passphrase(std::string_view("correct horse"));
    const auto encrypted = key->toEncryptedPem(passphrase);
    ASSERT_TRUE(encrypted);
    const auto fromDer = KeyPair::fromPkcs8Der(key->toPkcs8Der().view());
    const auto fromPem = KeyPair::fromPem(key->toPem().view());
    const auto fromEncrypted = KeyPair::fromPem(encrypted->view(), passphrase);
    for (const auto* read : {&fromDer, &fromPem, &fromEncrypted}) {
        ASSERT_TRUE(*read);
        EXPECT_EQ((*read)->publicKey(), key->publicKey());
        EXPECT_EQ((*read)->fingerprint(), key->fingerprint());
        EXPECT_EQ((*read)->toPkcs8Der().view(), key->toPkcs8Der().view());
    }
}

TEST_P(Generation, SeedOfEd25519IsItsPkcs8WithoutTheWrapping) {
    const auto key = KeyPair::generate(GetParam().algorithm);
    ASSERT_TRUE(key);
    const auto seed = key->toSeed();
    if (key->type() == KeyType::rsa) {
        EXPECT_TRUE(seed.empty());
        return;
    }
    ASSERT_EQ(seed.size(), 45U);
    EXPECT_EQ(seed.view().back(), '\n');
    // RFC 8410 section 7: the private key is an octet string in an octet string, and the last thing in there.
    EXPECT_EQ(base64Decode(seed.view()).value(), key->toPkcs8Der().view().substr(16));
}

TEST_P(Generation, IsNamedAsTheCommandLineNamesIt) {
    EXPECT_EQ(toString(GetParam().algorithm), GetParam().name);
    EXPECT_EQ(keyAlgorithmFromString(GetParam().name), GetParam().algorithm);
    EXPECT_EQ(typeOf(GetParam().algorithm), GetParam().type);
}

INSTANTIATE_TEST_SUITE_P(AllAlgorithms, Generation,
                         testing::Values(Expected{KeyAlgorithm::rsa2048, "rsa2048", KeyType::rsa, 2048, 392},
                                         Expected{KeyAlgorithm::rsa3072, "rsa3072", KeyType::rsa, 3072, 564},
                                         Expected{KeyAlgorithm::rsa4096, "rsa4096", KeyType::rsa, 4096, 736},
                                         Expected{KeyAlgorithm::ed25519, "ed25519", KeyType::ed25519, 256, 44}),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST(KeyAlgorithmName, IsNothingForWordsThatNameNone) {
    for (const char* word : {"", "rsa", "rsa1024", "RSA2048", "ed25519 ", "rsa2048\n"}) {
        EXPECT_FALSE(keyAlgorithmFromString(word)) << word;
    }
}

TEST(Progress, OnlyGrowsAndEndsAtOne) {
    double last = 0;
    bool grows = true;
    ASSERT_TRUE(KeyPair::generate(KeyAlgorithm::rsa2048, {}, [&](double now) {
        grows = grows && now >= last;
        last = now;
    }));
    EXPECT_TRUE(grows);
    EXPECT_EQ(last, 1);
}

TEST(Cancel, BeforeTheBeginningMakesNoKey) {
    std::stop_source stop;
    stop.request_stop();
    for (const KeyAlgorithm algorithm : {KeyAlgorithm::rsa2048, KeyAlgorithm::ed25519}) {
        EXPECT_EQ(KeyPair::generate(algorithm, stop.get_token()).error().code, KeyError::cancelled);
    }
}

TEST(Cancel, StopsTheSearchWhereItIs) {
    std::stop_source stop;
    int callsAfterStop = 0;
    const auto key = KeyPair::generate(KeyAlgorithm::rsa4096, stop.get_token(), [&](double now) {
        callsAfterStop += stop.stop_requested() ? 1 : 0;
        if (now > 0.1) {
            stop.request_stop();
        }
    });
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().code, KeyError::cancelled);
    EXPECT_EQ(callsAfterStop, 0);
}

/// CPU time of a power modulo a number of 2048 bits, which one round of Miller and Rabin's test takes.
std::clock_t timeOfOneRound() {
    constexpr int rounds = 20;
    const std::unique_ptr<BN_CTX, decltype(&BN_CTX_free)> context(BN_CTX_new(), BN_CTX_free);
    const auto number = [] {
        std::unique_ptr<BIGNUM, decltype(&BN_free)> random(BN_new(), BN_free);
        EXPECT_EQ(BN_rand(random.get(), 2048, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ODD), 1);
        return random;
    };
    const auto base = number();
    const auto modulus = number();
    const auto power = number();
    const std::clock_t before = std::clock();
    for (int i = 0; i < rounds; ++i) {
        EXPECT_EQ(BN_mod_exp(power.get(), base.get(), modulus.get(), modulus.get(), context.get()), 1);
    }
    return (std::clock() - before) / rounds;
}

// In units of the work itself: how quick or busy the machine is does not count.
TEST(Cancel, IsLookedForEveryFewRoundsOfTheSearch) {
    std::clock_t before = std::clock();
    std::clock_t longest = 0;
    ASSERT_TRUE(KeyPair::generate(KeyAlgorithm::rsa4096, {}, [&](double progress) {
        const std::clock_t now = std::clock();
        if (progress < 1) {
            longest = std::max(longest, now - std::exchange(before, now));
        }
    }));
    EXPECT_LE(longest, 20 * timeOfOneRound());
}

TEST(Cancel, MayComeFromAnotherThread) {
    std::stop_source stop;
    std::atomic<bool> searching = false;
    std::jthread canceller([&] {
        searching.wait(false);
        stop.request_stop();
    });
    const auto key = KeyPair::generate(KeyAlgorithm::rsa4096, stop.get_token(), [&](double) {
        searching = true;
        searching.notify_one();
    });
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().code, KeyError::cancelled);
}

} // namespace
} // namespace sealwright
