#include "viewmodels/keysviewmodel.h"

#include "wizardfixture.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace sealwright;
using namespace sealwright::test;
using namespace Qt::StringLiterals;

class Keys : public WizardTest {
protected:
    KeysViewModel model{state};

    void SetUp() override {
        open("example.org");
        model.setAlgorithm(KeyAlgorithm::ed25519); // the quickest
    }
    bool idle() {
        return waitUntil(model, &KeysViewModel::changed,
                         [this] { return model.stage() == KeysViewModel::Stage::idle; });
    }
    KeyId id(std::string_view selector) const { return {state.profile().domain, *Selector::parse(selector)}; }
};

TEST_F(Keys, createsAKeyStoresItAndSavesTheProfile) {
    EXPECT_FALSE(model.isComplete());
    EXPECT_EQ(model.selector(), QStringLiteral("s202611"));
    model.create();
    ASSERT_TRUE(idle());
    ASSERT_TRUE(model.isComplete());
    EXPECT_TRUE(keychain->holds(id("s202611")));
    EXPECT_TRUE(state.isSaved());
    EXPECT_EQ(store.load(dnsName("example.org"))->profile.keys.size(), 1U);
    ASSERT_EQ(model.lines().size(), 1U);
    EXPECT_EQ(model.lines()[0].severity, Severity::ok);
    EXPECT_EQ(model.selector(), QStringLiteral("e202611")) << "the next key gets a selector of its own";
}

TEST_F(Keys, refusesASelectorThatIsTakenOrNone) {
    model.create();
    ASSERT_TRUE(idle());
    for (const char* selector : {"s202611", "S202611", "", "a b", "-a", "a_b"}) {
        model.setSelector(QString::fromLatin1(selector));
        EXPECT_FALSE(model.selectorProblem().isEmpty()) << selector;
        model.create();
        EXPECT_EQ(model.stage(), KeysViewModel::Stage::idle) << selector;
    }
    EXPECT_EQ(state.profile().keys.size(), 1U);
}

TEST_F(Keys, canBeCancelledWhileOneIsMade) {
    model.setAlgorithm(KeyAlgorithm::rsa4096);
    model.create();
    ASSERT_TRUE(
        waitUntil(model, &KeysViewModel::changed, [this] { return model.stage() == KeysViewModel::Stage::creating; }));
    model.cancel();
    ASSERT_TRUE(idle());
    EXPECT_TRUE(state.profile().keys.empty());
    EXPECT_FALSE(keychain->holds(id("s202611")));
    EXPECT_FALSE(model.status().isEmpty());
    EXPECT_FALSE(model.trouble()) << "what the user wished is no trouble";
}

TEST_F(Keys, takesALockedKeyringForNothingButLocked) {
    keychain->failNext(VaultError::locked);
    model.create();
    ASSERT_TRUE(idle());
    ASSERT_TRUE(model.trouble());
    EXPECT_TRUE(model.trouble()->canUseFile);
    EXPECT_TRUE(state.profile().keys.empty());
    EXPECT_FALSE(keychain->holds(id("s202611"))) << "no new key where one may be hidden";

    model.retry();
    ASSERT_TRUE(idle());
    EXPECT_FALSE(model.trouble());
    EXPECT_EQ(state.profile().keys.size(), 1U);
}

TEST_F(Keys, keepsAKeyThatCouldNotBeStoredForTheNextAttempt) {
    keychain->failNext(VaultError::absent);
    keychain->failNext(VaultError::timedOut);
    model.create();
    ASSERT_TRUE(idle());
    ASSERT_TRUE(model.trouble());

    model.useKeyFile();
    ASSERT_TRUE(model.trouble());
    EXPECT_TRUE(model.trouble()->asksPassphrase);
    EXPECT_TRUE(model.trouble()->newPassphrase);
    model.openKeyFile(SecretBytes("long and good"));
    ASSERT_TRUE(idle());
    EXPECT_FALSE(model.trouble());
    EXPECT_TRUE(keyFile->holds(id("s202611")));
    EXPECT_FALSE(keychain->holds(id("s202611")));
    EXPECT_TRUE(model.isComplete());
}

TEST_F(Keys, asksAgainAfterAWrongPassphrase) {
    model.useKeyFile();
    QFile(folder.filePath(QStringLiteral("keys.pem"))).open(QIODevice::WriteOnly);
    keyFile->failNext(VaultError::wrongPassphrase);
    model.create();
    ASSERT_TRUE(model.trouble());
    EXPECT_TRUE(model.trouble()->asksPassphrase);
    EXPECT_FALSE(model.trouble()->newPassphrase) << "the file is there: its passphrase is entered once";
    model.openKeyFile(SecretBytes("wrong"));
    ASSERT_TRUE(idle());
    ASSERT_TRUE(model.trouble());
    EXPECT_TRUE(model.trouble()->asksPassphrase);
    model.openKeyFile(SecretBytes("right"));
    ASSERT_TRUE(idle());
    EXPECT_FALSE(model.trouble());
    EXPECT_EQ(state.profile().keys.size(), 1U);
}

TEST_F(Keys, neverReplacesAKeyItMeetsInTheVault) {
    const auto older = KeyPair::generate(KeyAlgorithm::ed25519);
    ASSERT_TRUE(keychain->store(id("s202611"), *older, {}));
    model.create();
    ASSERT_TRUE(idle());
    EXPECT_FALSE(model.adoptable().isEmpty());
    EXPECT_TRUE(state.profile().keys.empty());
    EXPECT_EQ(keychain->load(id("s202611"), {})->fingerprint(), older->fingerprint());

    model.adopt();
    ASSERT_EQ(state.profile().keys.size(), 1U);
    EXPECT_EQ(state.profile().keys[0].fingerprint, older->fingerprint());
    EXPECT_TRUE(model.adoptable().isEmpty());
}

TEST_F(Keys, importsATextAndAFile) {
    const auto key = KeyPair::generate(KeyAlgorithm::ed25519);
    model.importText(key->toPem(), {});
    ASSERT_TRUE(idle());
    ASSERT_EQ(state.profile().keys.size(), 1U);
    EXPECT_EQ(state.profile().keys[0].publicKey, key->publicKey());

    const SecretBytes passphrase("secret");
    const auto second = KeyPair::generate(KeyAlgorithm::ed25519);
    QFile file(folder.filePath(QStringLiteral("dkim.pem")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    const SecretBytes pem = *second->toEncryptedPem(passphrase);
    file.write(pem.data(), static_cast<qint64>(pem.size()));
    file.close();
    model.importFile(file.fileName(), {});
    ASSERT_TRUE(idle());
    EXPECT_TRUE(model.passphraseWanted());
    EXPECT_FALSE(model.keyProblem().isEmpty());
    model.importFile(file.fileName(), SecretBytes("wrong"));
    ASSERT_TRUE(idle());
    EXPECT_TRUE(model.passphraseWanted());
    model.importFile(file.fileName(), SecretBytes("secret"));
    ASSERT_TRUE(idle());
    EXPECT_TRUE(model.keyProblem().isEmpty()) << model.keyProblem().toStdString();
    EXPECT_EQ(state.profile().keys.size(), 2U);
}

TEST_F(Keys, refusesWhatIsNoPrivateKey) {
    for (const char* text : {"", "hello", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"}) {
        model.importText(SecretBytes(text), {});
        ASSERT_TRUE(idle());
        EXPECT_FALSE(model.keyProblem().isEmpty()) << text;
    }
    model.importFile(folder.filePath(QStringLiteral("absent.pem")), {});
    ASSERT_TRUE(idle());
    EXPECT_FALSE(model.keyProblem().isEmpty());
    EXPECT_TRUE(state.profile().keys.empty());
}

TEST_F(Keys, looksForTheKeysOfASavedDomain) {
    saveProfile("second.example");
    open("second.example");
    model.checkKeys();
    ASSERT_TRUE(
        waitUntil(model, &KeysViewModel::changed, [this] { return model.lines()[0].severity == Severity::ok; }));
    EXPECT_TRUE(model.isComplete());

    keychain->failNext(VaultError::locked);
    model.checkKeys();
    ASSERT_TRUE(waitUntil(model, &KeysViewModel::changed, [this] { return model.trouble().has_value(); }));
    EXPECT_EQ(model.lines()[0].severity, Severity::warning);
    EXPECT_TRUE(model.isComplete()) << "records can be published with a locked keyring";

    ASSERT_TRUE(keychain->remove({dnsName("second.example"), *Selector::parse("s1")}, {}));
    model.retry();
    ASSERT_TRUE(
        waitUntil(model, &KeysViewModel::changed, [this] { return model.lines()[0].severity == Severity::error; }));
}

TEST_F(Keys, tellsAKeyThatIsNotTheOneOfTheProfile) {
    saveProfile("second.example");
    ASSERT_TRUE(keychain->remove({dnsName("second.example"), *Selector::parse("s1")}, {}));
    ASSERT_TRUE(keychain->store({dnsName("second.example"), *Selector::parse("s1")},
                                *KeyPair::generate(KeyAlgorithm::ed25519), {}));
    open("second.example");
    model.checkKeys();
    ASSERT_TRUE(waitUntil(model, &KeysViewModel::changed, [this] { return model.trouble().has_value(); }));
    EXPECT_NE(model.lines()[0].severity, Severity::ok);
}

TEST_F(Keys, forgetsAKeyInTheMakingWhenTheDomainChanges) {
    model.setAlgorithm(KeyAlgorithm::rsa4096);
    model.create();
    open("other.example");
    EXPECT_EQ(model.stage(), KeysViewModel::Stage::idle);
    QSignalSpy added(&model, &KeysViewModel::keyAdded);
    EXPECT_FALSE(added.wait(300));
    EXPECT_TRUE(state.profile().keys.empty());
}

class ServerKeys : public Keys {
protected:
    void write(const QString& name, const SecretBytes& octets) {
        const QString path = folder.filePath(u"copied/"_s + name);
        ASSERT_TRUE(QDir().mkpath(QFileInfo(path).path()));
        QFile file(path);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(octets.data(), static_cast<qint64>(octets.size()));
    }
    void takeOver(SecretBytes passphrase = {}) {
        model.importFolder(folder.filePath(u"copied"_s), std::move(passphrase));
    }
    void publish(const std::string& selector) {
        resolver.add(selector + "._domainkey.example.org TXT v=DKIM1; k=ed25519; p=" + key.publicKey());
    }

    KeyPair key = *KeyPair::generate(KeyAlgorithm::ed25519);
};

TEST_F(ServerKeys, areTakenOverUnderTheirSelectorsAndTheRestIsTold) {
    write(u"some.pem"_s, key.toPem());
    write(u"example.net/mail.pem"_s, KeyPair::generate(KeyAlgorithm::ed25519)->toPem());
    publish("mail");
    takeOver();
    EXPECT_EQ(model.stage(), KeysViewModel::Stage::reading);
    EXPECT_FALSE(model.status().isEmpty());
    ASSERT_TRUE(idle());
    ASSERT_EQ(state.profile().keys.size(), 1U);
    EXPECT_EQ(state.profile().keys[0].selector.toString(), "mail");
    EXPECT_TRUE(keychain->holds(id("mail")));
    EXPECT_TRUE(state.isSaved());
    EXPECT_TRUE(model.isComplete());
    EXPECT_EQ(model.lines()[0].severity, Severity::ok);
    ASSERT_EQ(model.remarks().size(), 1U);
    EXPECT_EQ(model.remarks()[0].title, u"example.net/mail.pem"_s);

    takeOver();
    ASSERT_TRUE(idle());
    EXPECT_EQ(state.profile().keys.size(), 1U);
    EXPECT_TRUE(model.keyProblem().isEmpty());
    EXPECT_FALSE(model.status().isEmpty());
    EXPECT_EQ(model.remarks().size(), 2U);
}

TEST_F(ServerKeys, thatCanNotBeToldAreNotTaken) {
    takeOver();
    ASSERT_TRUE(idle());
    EXPECT_FALSE(model.keyProblem().isEmpty()) << "there is no such folder";
    write(u"some.pem"_s, key.toPem());
    takeOver();
    ASSERT_TRUE(idle());
    EXPECT_FALSE(model.keyProblem().isEmpty());
    EXPECT_EQ(model.remarks().size(), 1U);
    EXPECT_TRUE(state.profile().keys.empty());
    EXPECT_FALSE(model.isComplete());
}

TEST_F(ServerKeys, areTakenWithARemarkWhereTheyAreWeakOrNotPublished) {
    QFile weak(QStringLiteral(SEALWRIGHT_TEST_DATA "/keys/rsa1024.pem"));
    ASSERT_TRUE(weak.open(QIODevice::ReadOnly));
    const QByteArray pem = weak.readAll();
    write(u"example.org/old.pem"_s,
          SecretBytes(std::string_view(pem.constData(), static_cast<std::size_t>(pem.size()))));
    takeOver();
    ASSERT_TRUE(idle());
    EXPECT_TRUE(keychain->holds(id("old")));
    ASSERT_EQ(model.remarks().size(), 2U);
    EXPECT_EQ(model.remarks()[0].severity, Severity::info);
    EXPECT_TRUE(model.remarks()[1].text.contains(u"1024"_s));
}

TEST_F(ServerKeys, waitForTheirPassphraseAndForTheVault) {
    write(u"some.pem"_s, *key.toEncryptedPem(SecretBytes("secret")));
    publish("mail");
    takeOver();
    ASSERT_TRUE(idle());
    EXPECT_TRUE(model.passphraseWanted());
    keychain->failNext(VaultError::locked);
    takeOver(SecretBytes("secret"));
    ASSERT_TRUE(idle());
    ASSERT_TRUE(model.trouble());
    EXPECT_TRUE(state.profile().keys.empty());
    model.retry();
    ASSERT_TRUE(idle());
    EXPECT_FALSE(model.trouble());
    EXPECT_FALSE(model.passphraseWanted());
    EXPECT_TRUE(keychain->holds(id("mail")));
}

TEST_F(ServerKeys, areNotTakenAfterACancel) {
    write(u"some.pem"_s, key.toPem());
    publish("mail");
    resolver.beforeRound([this](int) {
        QMetaObject::invokeMethod(
            &model, [this] { model.cancel(); }, Qt::BlockingQueuedConnection);
    });
    takeOver();
    ASSERT_TRUE(idle());
    EXPECT_TRUE(state.profile().keys.empty());
    EXPECT_FALSE(keychain->holds(id("mail")));
    EXPECT_FALSE(model.status().isEmpty());
    EXPECT_TRUE(model.keyProblem().isEmpty());
}
