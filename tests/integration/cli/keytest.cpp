#include "cli.h"

#include "keys/keypair.h"

#include <QFileInfo>

#include <future>

using namespace sealwright;
using namespace sealwright::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray pemOf(const KeyPair& key) {
    const SecretBytes pem = key.toPem();
    return {pem.data(), static_cast<qsizetype>(pem.size())};
}

class Key : public Cli {
protected:
    Key() : key_(*KeyPair::generate(KeyAlgorithm::rsa2048)) {}

    QJsonArray keys() {
        const Done done = run({u"--json"_s, u"key"_s, u"list"_s});
        EXPECT_EQ(done.status, 0) << done.err.toStdString();
        return done.object()[u"keys"_s].toArray();
    }

    KeyPair key_;
};

} // namespace

TEST_F(Key, isGeneratedInEachKindAndNeverTwiceUnderOneName) {
    for (const auto& [algorithm, bits] : {std::pair{u"rsa2048"_s, 2048}, {u"rsa3072"_s, 3072}, {u"ed25519"_s, 256}}) {
        const Done done = run({u"--json"_s, u"key"_s, u"generate"_s, u"example.org"_s, u"--algorithm"_s, algorithm});
        EXPECT_EQ(done.status, 0) << done.err.toStdString();
        EXPECT_EQ(done.object()[u"bits"_s], bits);
    }
    QStringList selectors;
    for (const QJsonValue& key : keys()) {
        selectors << key[u"selector"_s].toString();
    }
    EXPECT_EQ(selectors.size(), 3);
    EXPECT_EQ(selectors.removeDuplicates(), 0) << selectors.join(u' ').toStdString();

    const Done again = run({u"key"_s, u"generate"_s, u"example.org"_s, u"--selector"_s, selectors.first()});
    EXPECT_EQ(again.status, 2);
    EXPECT_TRUE(isClearMessage(again.err));
    EXPECT_EQ(keys().size(), 3);
}

TEST_F(Key, isNotLostWhereSeveralProgramsMakeOneAtOnce) {
    setUp(u"example.org"_s);
    for (const QStringList& selector : {QStringList(), {u"--selector"_s, u"mine"_s}}) {
        const qsizetype before = keys().size();
        std::vector<std::future<Done>> programs;
        for (int i = 0; i < 4; ++i) {
            programs.push_back(std::async(std::launch::async, [&] {
                return run(QStringList{u"key"_s, u"generate"_s, u"example.org"_s, u"--algorithm"_s, u"ed25519"_s} +
                           selector);
            }));
        }
        qsizetype made = 0;
        for (auto& program : programs) {
            const Done done = program.get();
            made += done.status == 0 ? 1 : 0;
            EXPECT_TRUE(done.status == 0 || isClearMessage(done.err)) << done.err.toStdString();
        }
        EXPECT_GE(made, 1);
        EXPECT_EQ(keys().size(), before + made);
    }
    for (const QJsonValue& key : keys()) {
        const Done exported = run({u"key"_s, u"export"_s, u"example.org"_s, u"--selector"_s,
                                   key[u"selector"_s].toString(), u"--out"_s, path(key[u"selector"_s].toString())});
        EXPECT_EQ(exported.status, 0) << exported.err.toStdString();
    }
}

TEST_F(Key, isListedWithWhatIsPublicOfIt) {
    setUp(u"example.org"_s);
    const QJsonArray all = keys();
    ASSERT_EQ(all.size(), 1);
    for (const QString& field :
         {u"domain"_s, u"selector"_s, u"type"_s, u"fingerprint"_s, u"created"_s, u"publicKey"_s}) {
        EXPECT_FALSE(all[0][field].toString().isEmpty()) << field.toStdString();
    }
    EXPECT_EQ(all[0][u"bits"_s], 2048);
}

TEST_F(Key, isImportedFromAFileOrStandardInput) {
    const QString file = write(u"old.pem"_s, pemOf(key_));
    EXPECT_EQ(run({u"key"_s, u"import"_s, u"example.org"_s, file, u"--selector"_s, u"old"_s}).status, 0);
    EXPECT_EQ(run({u"key"_s, u"import"_s, u"example.net"_s, u"-"_s, u"--selector"_s, u"old"_s}, pemOf(key_)).status, 0);
    const QJsonArray all = keys();
    ASSERT_EQ(all.size(), 2);
    EXPECT_EQ(all[0][u"fingerprint"_s].toString().toStdString(), key_.fingerprint());
    EXPECT_EQ(all[1][u"fingerprint"_s].toString().toStdString(), key_.fingerprint());
}

TEST_F(Key, isImportedTwiceWithoutHarm) {
    const QString file = write(u"old.pem"_s, pemOf(key_));
    for (int time = 0; time < 2; ++time) {
        EXPECT_EQ(run({u"key"_s, u"import"_s, u"example.org"_s, file, u"--selector"_s, u"old"_s}).status, 0);
    }
    EXPECT_EQ(keys().size(), 1);
}

TEST_F(Key, thatTheVaultHasLostIsBroughtBackByImportingIt) {
    const QString file = write(u"old.pem"_s, pemOf(key_));
    ASSERT_EQ(run({u"key"_s, u"import"_s, u"example.org"_s, file, u"--selector"_s, u"old"_s}).status, 0);
    ASSERT_TRUE(QFile::remove(path(u"vault.pem"_s)));
    EXPECT_EQ(run({u"key"_s, u"import"_s, u"example.org"_s, file, u"--selector"_s, u"old"_s}).status, 0);
    EXPECT_EQ(run({u"key"_s, u"export"_s, u"example.org"_s, u"--out"_s, path(u"back.pem"_s)}).status, 0);
    EXPECT_EQ(read(path(u"back.pem"_s)), pemOf(key_));
}

TEST_F(Key, neverReplacesAnotherOneOfItsName) {
    setUp(u"example.org"_s);
    const QByteArray vault = read(path(u"vault.pem"_s));
    const Done done =
        run({u"key"_s, u"import"_s, u"example.org"_s, write(u"a.pem"_s, pemOf(key_)), u"--selector"_s, u"s2026"_s});
    EXPECT_EQ(done.status, 2);
    EXPECT_TRUE(isClearMessage(done.err));
    EXPECT_EQ(read(path(u"vault.pem"_s)), vault);
}

TEST_F(Key, thatIsProtectedIsOpenedWithItsPassphrase) {
    const SecretBytes pem = *key_.toEncryptedPem(SecretBytes("open sesame"));
    const QString file = write(u"locked.pem"_s, {pem.data(), static_cast<qsizetype>(pem.size())});
    const QStringList import{u"key"_s, u"import"_s, u"example.org"_s, file, u"--selector"_s, u"old"_s};
    const Done untold = run(import);
    EXPECT_EQ(untold.status, 2);
    EXPECT_TRUE(untold.err.contains("SEALWRIGHT_KEY_PASSPHRASE")) << untold.err.toStdString();
    environment_.insert(u"SEALWRIGHT_KEY_PASSPHRASE"_s, u"wrong"_s);
    EXPECT_EQ(run(import).status, 2);
    environment_.insert(u"SEALWRIGHT_KEY_PASSPHRASE"_s, u"open sesame"_s);
    EXPECT_EQ(run(import).status, 0);
}

TEST_F(Key, isExportedToAFileOfItsOwnersThatWasNotThere) {
    setUp(u"example.org"_s);
    const QStringList exporting{u"key"_s, u"export"_s, u"example.org"_s, u"--out"_s, path(u"key.pem"_s)};
    ASSERT_EQ(run(exporting).status, 0);
    EXPECT_EQ(QFileInfo(path(u"key.pem"_s)).permissions() & QFileDevice::Permissions(0x0077),
              QFileDevice::Permissions());
    const auto exported = KeyPair::fromPem(read(path(u"key.pem"_s)).toStdString());
    ASSERT_TRUE(exported);
    EXPECT_EQ(keys()[0][u"fingerprint"_s].toString().toStdString(), exported->fingerprint());

    write(u"key.pem"_s, "mine");
    const Done refused = run(exporting);
    EXPECT_EQ(refused.status, 2);
    EXPECT_TRUE(isClearMessage(refused.err));
    EXPECT_EQ(read(path(u"key.pem"_s)), "mine");
    EXPECT_EQ(run(exporting + QStringList{u"--force"_s}).status, 0);
    EXPECT_EQ(read(path(u"key.pem"_s)).toStdString().substr(0, 27), "-----BEGIN PRIVATE KEY-----");
}

TEST_F(Key, amongSeveralIsNamedByItsSelector) {
    setUp(u"example.org"_s, {u"--algorithm"_s, u"rsa2048"_s, u"--algorithm"_s, u"ed25519"_s});
    const Done which = run({u"key"_s, u"export"_s, u"example.org"_s, u"--out"_s, path(u"key.pem"_s)});
    EXPECT_EQ(which.status, 2);
    EXPECT_TRUE(which.err.contains("s2026-ed25519")) << which.err.toStdString();
    EXPECT_FALSE(QFileInfo::exists(path(u"key.pem"_s)));
    EXPECT_EQ(run({u"key"_s, u"export"_s, u"example.org"_s, u"--selector"_s, u"s2026-ed25519"_s, u"--out"_s,
                   path(u"key.pem"_s)})
                  .status,
              0);
}

TEST_F(Key, showsItsRecordWithoutOpeningTheVault) {
    setUp(u"example.org"_s);
    environment_.remove(u"SEALWRIGHT_PASSPHRASE"_s);
    const Done done = run({u"key"_s, u"export"_s, u"example.org"_s, u"--public"_s});
    EXPECT_EQ(done.status, 0) << done.err.toStdString();
    EXPECT_TRUE(done.out.startsWith("s2026._domainkey.example.org.\t300\tIN\tTXT\t( \"v=DKIM1; k=rsa; p=MII"))
        << done.out.toStdString();
}

TEST_F(Key, thatIsShortIsTakenWithAWarningAndTooShortIsRefused) {
    const QString data = QString::fromUtf8(SEALWRIGHT_TEST_DATA "/keys/");
    ASSERT_TRUE(QFileInfo::exists(data + u"rsa1024.pem"_s));
    const Done shortKey =
        run({u"key"_s, u"import"_s, u"example.org"_s, data + u"rsa1024.pem"_s, u"--selector"_s, u"old"_s});
    EXPECT_EQ(shortKey.status, 0) << shortKey.err.toStdString();
    EXPECT_TRUE(shortKey.err.contains("1024")) << shortKey.err.toStdString();
}
