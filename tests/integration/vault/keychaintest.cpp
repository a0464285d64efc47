#include "vault/keychainpasswords.h"
#include "vault/keychainvault.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <QThread>
#include <csignal>
#include <cstdlib>
#include <future>
#include <gtest/gtest.h>
#include <semaphore>
#include <thread>

// Run in each of the states of support/keyringsession.py; each suite is named after the state that it is about.

namespace sealwright {
namespace {

using namespace std::chrono_literals;

class Application final : public testing::Environment {
public:
    void SetUp() override { application_ = std::make_unique<QCoreApplication>(count_, arguments_); }
    void TearDown() override { application_.reset(); }

private:
    int count_ = 1;
    char name_[5] = "test";
    char* arguments_[2] = {name_, nullptr};
    std::unique_ptr<QCoreApplication> application_;
};

testing::Environment* const application = testing::AddGlobalTestEnvironment(new Application);

KeyId idOf(std::string_view selector) {
    return {DomainName::parse("example.org").value(), Selector::parse(selector).value()};
}

const KeyPair& rsa4096() {
    static const KeyPair key = KeyPair::generate(KeyAlgorithm::rsa4096).value();
    return key;
}

template <class Result>
VaultError errorOf(const Result& result) {
    EXPECT_FALSE(result);
    return result ? VaultError{-1} : result.error().code;
}

class KeychainTest : public testing::Test {
protected:
    void SetUp() override {
        const char* state = std::getenv("SEALWRIGHT_KEYRING");
        const std::string suite = testing::UnitTest::GetInstance()->current_test_info()->test_suite_name();
        if (state == nullptr || suite.substr(0, suite.find("Keychain")) != state) {
            GTEST_SKIP() << "needs support/keyringsession.py " << suite;
        }
    }

    KeychainVault vault{Keychain("SealwrightTest", 3s)};
    KeychainPasswords passwords{Keychain("SealwrightTest", 3s)};
    const PasswordId account{"joe@example.org", DomainName::parse("mail.example.org").value()};
    std::stop_source stop;
};

using unlockedKeychain = KeychainTest;

TEST_F(unlockedKeychain, GivesBackEveryKindOfKey) {
    for (const KeyAlgorithm algorithm : {KeyAlgorithm::rsa2048, KeyAlgorithm::ed25519}) {
        const auto key = KeyPair::generate(algorithm);
        const KeyId id = idOf(toString(algorithm));
        ASSERT_TRUE(vault.store(id, *key, {}));
        EXPECT_EQ(vault.load(id, {})->fingerprint(), key->fingerprint());
    }
    ASSERT_TRUE(vault.store(idOf("rsa4096"), rsa4096(), {}));
    EXPECT_EQ(vault.load(idOf("rsa4096"), {})->toPkcs8Der().view(), rsa4096().toPkcs8Der().view());
}

TEST_F(unlockedKeychain, NeverReplacesAKeyByAnother) {
    const auto newer = KeyPair::generate(KeyAlgorithm::ed25519);
    ASSERT_TRUE(vault.store(idOf("kept"), rsa4096(), {}));
    EXPECT_EQ(errorOf(vault.store(idOf("kept"), *newer, {})), VaultError::occupied);
    EXPECT_TRUE(vault.store(idOf("kept"), rsa4096(), {})) << "the same key again";
    EXPECT_EQ(vault.load(idOf("kept"), {})->fingerprint(), rsa4096().fingerprint());
}

TEST_F(unlockedKeychain, KeepsTheFirstOfManyKeysForOneName) {
    std::vector<std::future<bool>> stores;
    for (int i = 0; i < 4; ++i) {
        stores.push_back(std::async(std::launch::async, [&] {
            const auto key = KeyPair::generate(KeyAlgorithm::ed25519);
            return vault.store(idOf("raced"), *key, {}).has_value() &&
                   vault.load(idOf("raced"), {})->fingerprint() == key->fingerprint();
        }));
    }
    EXPECT_EQ(std::ranges::count_if(stores, [](auto& store) { return store.get(); }), 1);
}

TEST_F(unlockedKeychain, SaysOfAKeyThatIsNotThereThatItIsAbsent) {
    EXPECT_EQ(errorOf(vault.load(idOf("never"), {})), VaultError::absent);
}

TEST_F(unlockedKeychain, HasNoKeyAfterItWasRemovedOnceOrTwice) {
    ASSERT_TRUE(vault.store(idOf("removed"), rsa4096(), {}));
    EXPECT_TRUE(vault.remove(idOf("removed"), {}));
    EXPECT_EQ(errorOf(vault.load(idOf("removed"), {})), VaultError::absent);
    EXPECT_TRUE(vault.remove(idOf("removed"), {}));
}

TEST_F(unlockedKeychain, SaysOfSomethingElseInItsPlaceThatItIsDamaged) {
    ASSERT_EQ(std::system("printf nonsense | secret-tool store --label=x xdg:schema org.qt.keychain server "
                          "SealwrightTest user broken._domainkey.example.org type plaintext"),
              0);
    EXPECT_EQ(errorOf(vault.load(idOf("broken"), {})), VaultError::damaged);
}

TEST_F(unlockedKeychain, KeepsPasswordsOfAllLetters) {
    EXPECT_EQ(errorOf(passwords.load(account, {})), VaultError::absent);
    for (const std::string_view password : {"first", "p\xc3\xa4ss \"w\xc3\xb6rd\" \xf0\x9f\x94\x91"}) {
        ASSERT_TRUE(passwords.store(account, SecretBytes(password), {})) << "another one takes its place";
        EXPECT_EQ(passwords.load(account, {})->view(), password);
    }
    EXPECT_EQ(errorOf(passwords.store(account, SecretBytes(std::string_view("latin \xe4")), {})), VaultError::damaged);
    EXPECT_TRUE(passwords.remove(account, {}));
    EXPECT_EQ(errorOf(passwords.load(account, {})), VaultError::absent);
}

TEST_F(unlockedKeychain, LetsItsOwnerReadTheKeyWithSecretTool) {
    ASSERT_TRUE(vault.store(idOf("readable"), rsa4096(), {}));
    EXPECT_EQ(std::system("secret-tool lookup server SealwrightTest user readable._domainkey.example.org | "
                          "openssl pkey -noout -check"),
              0);
}

TEST_F(unlockedKeychain, ServesManyThreadsAtOnce) {
    ASSERT_TRUE(vault.store(idOf("shared"), rsa4096(), {}));
    std::vector<std::future<bool>> loads;
    for (int i = 0; i < 8; ++i) {
        loads.push_back(std::async(std::launch::async, [&] { return vault.load(idOf("shared"), {}).has_value(); }));
    }
    for (auto& load : loads) {
        EXPECT_TRUE(load.get());
    }
}

TEST_F(unlockedKeychain, DoesNothingOnceItIsStopped) {
    stop.request_stop();
    EXPECT_EQ(errorOf(vault.load(idOf("any"), stop.get_token())), VaultError::cancelled);
    EXPECT_EQ(errorOf(vault.store(idOf("any"), rsa4096(), stop.get_token())), VaultError::cancelled);
    EXPECT_EQ(errorOf(vault.remove(idOf("any"), stop.get_token())), VaultError::cancelled);
}

/// The keyring's process, stopped as if it hung.
class Hang {
public:
    Hang() : pid_(static_cast<pid_t>(bus()->servicePid(QStringLiteral("org.freedesktop.secrets")).value())) {
        kill(pid_, SIGSTOP);
    }
    ~Hang() { kill(pid_, SIGCONT); }
    Hang(const Hang&) = delete;
    Hang& operator=(const Hang&) = delete;

private:
    static QDBusConnectionInterface* bus() { return QDBusConnection::sessionBus().interface(); }

    pid_t pid_;
};

TEST_F(unlockedKeychain, TimesOutWhileTheServiceHangsAndWorksAgainAfterwards) {
    KeychainVault impatient(Keychain("SealwrightTest", 300ms));
    ASSERT_TRUE(vault.store(idOf("hanging"), rsa4096(), {}));
    {
        const Hang hang;
        EXPECT_EQ(errorOf(impatient.load(idOf("hanging"), {})), VaultError::timedOut);
        EXPECT_EQ(errorOf(impatient.store(idOf("hanging"), rsa4096(), {})), VaultError::timedOut);
        EXPECT_EQ(errorOf(impatient.remove(idOf("hanging"), {})), VaultError::timedOut);
    }
    const auto afterwards = vault.load(idOf("hanging"), {});
    EXPECT_TRUE(afterwards) << static_cast<int>(afterwards.error().code) << afterwards.error().what;
}

TEST_F(unlockedKeychain, CanBeCancelledWhileTheServiceHangs) {
    KeychainVault patient(Keychain("SealwrightTest", 60s));
    const Hang hang;
    std::jthread canceller([&] { stop.request_stop(); });
    EXPECT_EQ(errorOf(patient.load(idOf("hanging"), stop.get_token())), VaultError::cancelled);
}

TEST_F(unlockedKeychain, LetsTheProgramEndWhileTheServiceHangs) {
    testing::FLAGS_gtest_death_test_style = "threadsafe";
    const auto endWhileHanging = [&] {
        const Hang hang;
        KeychainVault patient(Keychain("SealwrightTest", 60s));
        std::jthread canceller([&] { stop.request_stop(); });
        (void)patient.load(idOf("hanging"), stop.get_token());
        application->TearDown();
        std::exit(0);
    };
    EXPECT_EXIT(endWhileHanging(), testing::ExitedWithCode(0), "");
    Hang(); // its destructor wakes the keyring that the ended program left stopped
}

using lockedKeychain = KeychainTest;

TEST_F(lockedKeychain, NeverSaysOfAKeyThatIsThereThatItIsAbsent) {
    EXPECT_EQ(errorOf(vault.load(idOf("locked"), {})), VaultError::locked);
}

TEST_F(lockedKeychain, KnowsWhatIsAbsentAllTheSame) {
    EXPECT_EQ(errorOf(vault.load(idOf("never"), {})), VaultError::absent);
}

TEST_F(lockedKeychain, TakesNoKey) {
    EXPECT_EQ(errorOf(vault.store(idOf("new"), rsa4096(), {})), VaultError::locked);
}

TEST_F(lockedKeychain, TakesNoPassword) {
    EXPECT_EQ(errorOf(passwords.store(account, SecretBytes(std::string_view("secret")), {})), VaultError::locked);
}

TEST_F(lockedKeychain, DoesNotSayThatAKeyWasRemovedWhichIsStillThere) {
    EXPECT_EQ(errorOf(vault.remove(idOf("locked"), {})), VaultError::locked);
}

/// The desktop's dialog for the keyring's password, which its user does not answer.
class UnansweredPrompt final : public QDBusVirtualObject {
public:
    UnansweredPrompt() {
        moveToThread(&thread_);
        thread_.start();
        EXPECT_TRUE(bus_.registerVirtualObject(QStringLiteral("/org/gnome/keyring/Prompter"), this));
        EXPECT_TRUE(bus_.registerService(QStringLiteral("org.gnome.keyring.SystemPrompter")));
    }
    ~UnansweredPrompt() override {
        QDBusConnection::disconnectFromBus(bus_.name());
        thread_.quit();
        thread_.wait();
    }

    void waitUntilShown() { shown_.acquire(); }

    QString introspect(const QString& /*path*/) const override { return {}; }
    bool handleMessage(const QDBusMessage& message, const QDBusConnection& connection) override {
        shown_.release();
        return connection.send(message.createReply());
    }

private:
    QDBusConnection bus_ = QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("prompter"));
    QThread thread_;
    std::counting_semaphore<> shown_{0};
};

TEST_F(lockedKeychain, WaitsForAPersonLongerThanForAMachine) {
    UnansweredPrompt prompt;
    KeychainVault impatient(Keychain("SealwrightTest", 200ms));
    auto load = std::async(std::launch::async, [&] { return impatient.load(idOf("locked"), stop.get_token()); });
    prompt.waitUntilShown();
    EXPECT_EQ(load.wait_for(1s), std::future_status::timeout);
    stop.request_stop();
    EXPECT_EQ(errorOf(load.get()), VaultError::cancelled);
    EXPECT_EQ(errorOf(impatient.load(idOf("never"), {})), VaultError::absent); // while the prompt is still open
}

using newKeychain = KeychainTest;

TEST_F(newKeychain, HasNoKey) {
    EXPECT_EQ(errorOf(vault.load(idOf("any"), {})), VaultError::absent);
}

TEST_F(newKeychain, IsLockedToAKeyUntilItHasAPassword) {
    EXPECT_EQ(errorOf(vault.store(idOf("any"), rsa4096(), {})), VaultError::locked);
}

class Unavailable : public KeychainTest {
protected:
    void expectUnavailable() {
        for (const auto& result : {vault.load(idOf("any"), {}).map([](const KeyPair&) {}),
                                   vault.store(idOf("any"), rsa4096(), {}), vault.remove(idOf("any"), {})}) {
            ASSERT_EQ(errorOf(result), VaultError::unavailable);
            EXPECT_NE(result.error().what, "");
        }
    }
};

class noneKeychain : public Unavailable {};

TEST_F(noneKeychain, IsUnavailableAndSaysWhy) {
    expectUnavailable();
}

class nobusKeychain : public Unavailable {};

TEST_F(nobusKeychain, IsUnavailableAndSaysWhy) {
    expectUnavailable();
}

} // namespace
} // namespace sealwright
