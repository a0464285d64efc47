#include "viewmodels/addkey.h"

#include "wizardfixture.h"

using namespace sealwright;
using namespace sealwright::test;

namespace {

/// Stores, and then does not tell in time.
class LateVault final : public KeyVault {
public:
    tl::expected<KeyPair, Problem<VaultError>> load(const KeyId& id, std::stop_token stop) override {
        return vault.load(id, stop);
    }
    tl::expected<void, Problem<VaultError>> store(const KeyId& id, const KeyPair& key, std::stop_token stop) override {
        (void)vault.store(id, key, stop);
        return tl::unexpected(problem(VaultError::timedOut));
    }
    tl::expected<void, Problem<VaultError>> remove(const KeyId& id, std::stop_token stop) override {
        return vault.remove(id, stop);
    }
    [[nodiscard]] std::string place() const override { return "a slow vault"; }

    FakeVault vault;
};

KeyEvent lastEvent(const KeyId& id, const KeySource& source, KeyVault& vault) {
    KeyEvent last;
    addKey(id, source, vault, [&](KeyEvent event) { last = std::move(event); }, {});
    return last;
}

} // namespace

TEST(AddKey, countsAKeyAsStoredThatWasStoredThoughTheVaultTimedOut) {
    LateVault vault;
    const KeyId id{dnsName("example.org"), *Selector::parse("s1")};
    const KeyEvent first = lastEvent(id, KeyAlgorithm::ed25519, vault);
    const auto* failed = std::get_if<keyevent::VaultFailed>(&first);
    ASSERT_TRUE(failed);
    EXPECT_EQ(failed->problem.code, VaultError::timedOut);
    ASSERT_TRUE(failed->key);
    const KeyEvent second = lastEvent(id, failed->key, vault);
    const auto* stored = std::get_if<keyevent::Stored>(&second);
    ASSERT_TRUE(stored) << "event " << second.index();
    EXPECT_EQ(stored->key->fingerprint(), failed->key->fingerprint());
}

TEST(AddKey, asksTheVaultBeforeItMakesAKey) {
    FakeVault vault;
    vault.failNext(VaultError::unavailable);
    int made = 0;
    addKey({dnsName("example.org"), *Selector::parse("s1")}, KeyAlgorithm::rsa4096, vault,
           [&](const KeyEvent& event) { made += std::holds_alternative<keyevent::Creating>(event); }, {});
    EXPECT_EQ(made, 0);
}
