#include "takeover/storekeys.h"

#include "support/fakeresolver.h"
#include "support/fakevault.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealwright::takeover {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Storing : public testing::Test {
protected:
    Storing() {
        folder_.keys.push_back({{"a.pem"}, *KeyPair::generate(KeyAlgorithm::ed25519)});
        folder_.keys.push_back({{"b.pem", "copy of b.pem"}, *KeyPair::generate(KeyAlgorithm::ed25519)});
        take(0, "a", Evidence::dns);
        take(1, "b", Evidence::path);
    }
    void take(std::size_t key, std::string_view selector, Evidence evidence) {
        takeover_.taken.push_back({key, *Selector::parse(selector), evidence, Publication::unknown});
    }
    [[nodiscard]] KeyId id(std::string_view selector) const { return {profile_.domain, *Selector::parse(selector)}; }
    tl::expected<void, Problem<VaultError>> store() {
        NewKeys keys(vault_);
        const auto imports = storeKeys(folder_, takeover_, profile_, keys, {}, {});
        imported_.clear();
        left_.clear();
        if (!imports) {
            return tl::unexpected(imports.error());
        }
        keys.keep();
        for (const ImportedKey& key : imports->imported) {
            imported_.push_back(key.key.selector.toString());
        }
        for (const LeftFile& file : imports->left) {
            left_.push_back(file.file + " " + std::string(toString(file.why)) + " " + file.what);
        }
        return {};
    }

    Profile profile_{test::dnsName("example.org")};
    test::FakeVault vault_;
    ServerFolder folder_;
    Takeover takeover_;
    std::vector<std::string> imported_, left_;
};

} // namespace

TEST_F(Storing, PutsTheKeysIntoVaultAndProfile) {
    ASSERT_TRUE(store());
    EXPECT_THAT(imported_, ElementsAre("a", "b"));
    EXPECT_THAT(left_, IsEmpty());
    EXPECT_EQ(profile_.keys.size(), 2U);
    EXPECT_TRUE(vault_.holds(id("a")) && vault_.holds(id("b")));

    ASSERT_TRUE(store());
    EXPECT_THAT(imported_, IsEmpty());
    EXPECT_THAT(left_, ElementsAre("a.pem alreadyHere a", "b.pem alreadyHere b", "copy of b.pem alreadyHere b"));
    EXPECT_EQ(profile_.keys.size(), 2U);
}

TEST_F(Storing, BringsBackWhatTheVaultHasLost) {
    ASSERT_TRUE(store());
    ASSERT_TRUE(vault_.remove(id("b"), {}));
    ASSERT_TRUE(store());
    EXPECT_THAT(imported_, ElementsAre("b"));
    EXPECT_EQ(profile_.keys.size(), 2U);
}

TEST_F(Storing, LeavesOtherKeysAlone) {
    const auto other = KeyPair::generate(KeyAlgorithm::ed25519);
    profile_.keys.push_back(describe(*other, *Selector::parse("a"), {}));
    ASSERT_TRUE(vault_.store(id("b"), *other, {}));
    ASSERT_TRUE(store());
    EXPECT_THAT(imported_, IsEmpty());
    EXPECT_THAT(left_, ElementsAre("a.pem selectorTaken a", "b.pem selectorTaken b", "copy of b.pem selectorTaken b"));
    EXPECT_EQ(profile_.keys.size(), 1U);
    EXPECT_FALSE(vault_.holds(id("a")));
}

TEST_F(Storing, FollowsTheDnsToAnotherSelectorAndNoName) {
    profile_.keys = {describe(folder_.keys[0].key, *Selector::parse("x"), {}),
                     describe(folder_.keys[1].key, *Selector::parse("y"), {})};
    ASSERT_TRUE(vault_.store(id("x"), folder_.keys[0].key, {}));
    ASSERT_TRUE(vault_.store(id("y"), folder_.keys[1].key, {}));
    ASSERT_TRUE(store());
    EXPECT_THAT(imported_, ElementsAre("a"));
    EXPECT_THAT(left_, ElementsAre("b.pem alreadyHere y", "copy of b.pem alreadyHere y"));
}

TEST_F(Storing, LeavesNothingBehindWhereTheVaultFails) {
    // Locks itself once it has a key.
    struct Locking final : test::FakeVault {
        tl::expected<KeyPair, Problem<VaultError>> load(const KeyId& id, std::stop_token stop) override {
            if (locked) {
                failNext(VaultError::locked);
            }
            locked = true;
            return FakeVault::load(id, stop);
        }
        bool locked = false;
    } vault;
    {
        NewKeys keys(vault);
        const auto imports = storeKeys(folder_, takeover_, profile_, keys, {}, {});
        ASSERT_FALSE(imports);
        EXPECT_EQ(imports.error().code, VaultError::locked);
        EXPECT_TRUE(vault.holds(id("a")));
    }
    EXPECT_FALSE(vault.holds(id("a")) || vault.holds(id("b")));
}

} // namespace sealwright::takeover
