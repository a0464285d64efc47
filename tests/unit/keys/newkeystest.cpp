#include "keys/newkeys.h"

#include "support/fakevault.h"

#include <gtest/gtest.h>

namespace sealwright {
namespace {

using test::FakeVault;

KeyId id(std::string_view selector) {
    return {*DomainName::parse("example.org"), *Selector::parse(selector)};
}

class Together : public testing::Test {
protected:
    KeyPair a_ = *KeyPair::generate(KeyAlgorithm::ed25519);
    KeyPair b_ = *KeyPair::generate(KeyAlgorithm::ed25519);
    FakeVault vault_;
};

} // namespace

TEST_F(Together, AreThereOnceTheyAreKept) {
    {
        NewKeys keys(vault_);
        ASSERT_TRUE(keys.store(id("a"), a_, {}));
        ASSERT_TRUE(keys.store(id("b"), b_, {}));
        keys.keep();
    }
    EXPECT_TRUE(vault_.holds(id("a")));
    EXPECT_TRUE(vault_.holds(id("b")));
}

TEST_F(Together, AreGoneWhereOneCanNotBeStored) {
    ASSERT_TRUE(vault_.store(id("old"), a_, {}));
    ASSERT_TRUE(vault_.store(id("taken"), a_, {}));
    {
        NewKeys keys(vault_);
        ASSERT_TRUE(keys.store(id("a"), a_, {}));
        ASSERT_TRUE(keys.store(id("old"), a_, {}));
        EXPECT_EQ(keys.store(id("taken"), b_, {}).error().code, VaultError::occupied);
    }
    EXPECT_FALSE(vault_.holds(id("a")));
    EXPECT_TRUE(vault_.holds(id("old")));
    EXPECT_TRUE(vault_.holds(id("taken")));
}

TEST_F(Together, AreGoneAfterAStop) {
    {
        std::stop_source stop;
        NewKeys keys(vault_);
        ASSERT_TRUE(keys.store(id("a"), a_, stop.get_token()));
        stop.request_stop();
        EXPECT_EQ(keys.store(id("b"), b_, stop.get_token()).error().code, VaultError::cancelled);
    }
    EXPECT_FALSE(vault_.holds(id("a")));
}

TEST_F(Together, AreNotStoredInAVaultThatDoesNotTellWhatItHas) {
    NewKeys keys(vault_);
    vault_.failNext(VaultError::locked);
    EXPECT_EQ(keys.store(id("a"), a_, {}).error().code, VaultError::locked);
    EXPECT_FALSE(vault_.holds(id("a")));
}

} // namespace sealwright
