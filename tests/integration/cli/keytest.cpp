#include "cli.h"

#include "keys/keypair.h"

#include <QFileInfo>

#include <future>
#include <sys/stat.h>

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

namespace {

// RFC 8463 appendix A.2
constexpr const char* rfcSeed = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
constexpr const char* rfcPublicKey = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

/// A folder that was copied from a server.
class KeyFolder : public Key {
protected:
    QString put(const QString& name, const QByteArray& content) {
        const QString folder = path(u"copied/"_s + name);
        EXPECT_TRUE(QDir().mkpath(QFileInfo(folder).path()));
        return write(u"copied/"_s + name, content);
    }
    /// The zone of example.org with these keys: selector, k= and p=.
    QStringList zone(const std::vector<std::tuple<QByteArray, QByteArray, std::string>>& published) {
        QByteArray text = "$ORIGIN example.org.\n@ 300 IN SOA ns h 1 2 3 4 5\n@ 300 IN NS ns\n";
        for (const auto& [selector, type, publicKey] : published) {
            const QByteArray key = QByteArray::fromStdString(publicKey);
            text += selector + "._domainkey 300 IN TXT \"v=DKIM1; k=" + type + "; p=" + key.left(200) + "\" \"" +
                    key.mid(200) + "\"\n";
        }
        return {u"--zone"_s, write(u"zone"_s, text)};
    }
    Done take(const QStringList& more = {}, const QString& folder = u"copied"_s) {
        return run(QStringList{u"--json"_s} + more +
                   QStringList{u"key"_s, u"import"_s, u"example.org"_s, u"--folder"_s, path(folder)});
    }
    /// "selector evidence publication" of each key that was imported.
    static QStringList imported(const Done& done) {
        QStringList all;
        for (const QJsonValue& key : done.object()[u"imported"_s].toArray()) {
            all << key[u"selector"_s].toString() + u' ' + key[u"evidence"_s].toString() + u' ' +
                       key[u"publication"_s].toString();
        }
        all.sort();
        return all;
    }
    /// "file why" of each that was left.
    static QStringList left(const Done& done) {
        QStringList all;
        for (const QJsonValue& file : done.object()[u"left"_s].toArray()) {
            EXPECT_FALSE(file[u"text"_s].toString().isEmpty());
            all << file[u"file"_s].toString() + u' ' + file[u"why"_s].toString();
        }
        all.sort();
        return all;
    }
    QStringList selectors() {
        QStringList all;
        for (const QJsonValue& key : keys()) {
            all << key[u"selector"_s].toString();
        }
        return all;
    }
};

} // namespace

TEST_F(KeyFolder, ofEximIsTakenUnderTheSelectorsThatAreInTheDns) {
    put(u"example.org/r2026.pem"_s, pemOf(key_));
    put(u"example.org/e2026.pem"_s, rfcSeed);
    put(u"example.net/r2026.pem"_s, pemOf(*KeyPair::generate(KeyAlgorithm::ed25519)));
    put(u"domains"_s, "example.org: example.org\n*.example.org: example.org\n");
    put(u"selectors"_s, "example.org: r2026 : e2026\n");
    const QStringList published = zone({{"default", "rsa", key_.publicKey()}, {"e2026", "ed25519", rfcPublicKey}});
    const Done done = take(published);
    EXPECT_EQ(done.status, 0) << done.err.toStdString();
    EXPECT_EQ(imported(done), QStringList({u"default dns published"_s, u"e2026 dns published"_s}));
    EXPECT_EQ(left(done), QStringList{u"example.net/r2026.pem otherDomain"_s});
    EXPECT_EQ(done.object()[u"imported"_s][0][u"files"_s].toArray().size(), 1);

    const Done again = take(published);
    EXPECT_EQ(again.status, 0);
    EXPECT_TRUE(imported(again).isEmpty());
    EXPECT_EQ(left(again), QStringList({u"example.net/r2026.pem otherDomain"_s, u"example.org/e2026.pem alreadyHere"_s,
                                        u"example.org/r2026.pem alreadyHere"_s}));
    EXPECT_EQ(keys().size(), 2);

    ASSERT_TRUE(QFile::remove(path(u"vault.pem"_s)));
    EXPECT_EQ(imported(take(published)).size(), 2) << "keys that the vault has lost";
    EXPECT_EQ(keys().size(), 2);
    EXPECT_EQ(
        run({u"key"_s, u"export"_s, u"example.org"_s, u"--selector"_s, u"default"_s, u"--out"_s, path(u"back.pem"_s)})
            .status,
        0);
    EXPECT_EQ(read(path(u"back.pem"_s)), pemOf(key_));
}

TEST_F(KeyFolder, ofOpendkimIsTakenByItsKeyTableWhereTheDnsIsNotAsked) {
    put(u"keys/example.org/k.private"_s, pemOf(key_));
    put(u"keys/example.org/k.txt"_s, "mail._domainkey IN TXT ( \"v=DKIM1; p=\" )");
    put(u"keys/example.net/k.private"_s, pemOf(*KeyPair::generate(KeyAlgorithm::ed25519)));
    put(u"KeyTable"_s, "mail._domainkey.example.org example.org:mail:/etc/opendkim/keys/example.org/k.private\n"
                       "a broken row\n"
                       "mail._domainkey.example.net example.net:mail:/etc/opendkim/keys/example.net/k.private\n");
    for (const QString& what : {u"copied"_s, u"copied/KeyTable"_s}) {
        const Done done = take({u"--data-dir"_s, path(what + u"-data"_s)}, what);
        EXPECT_EQ(done.status, 0) << done.err.toStdString();
        EXPECT_EQ(imported(done), QStringList{u"mail keyTable unknown"_s});
        EXPECT_EQ(left(done), QStringList({u"KeyTable brokenRow"_s, u"keys/example.net/k.private otherDomain"_s}));
        EXPECT_TRUE(done.err.contains("The DNS was not asked")) << done.err.toStdString();
    }
}

TEST_F(KeyFolder, ofRspamdIsTakenInItsOwnForm) {
    put(u"example.org.mail.key"_s, QByteArray(rfcSeed) + '\n');
    put(u"example.com.mail.key"_s, pemOf(key_));
    const Done done = take(zone({{"mail", "ed25519", rfcPublicKey}}));
    EXPECT_EQ(done.status, 0) << done.err.toStdString();
    EXPECT_EQ(imported(done), QStringList{u"mail dns published"_s});
    EXPECT_EQ(left(done), QStringList{u"example.com.mail.key otherDomain"_s});
}

TEST_F(KeyFolder, tellsPeopleWhatToTypeForAKeyThatNothingTellsOf) {
    const QByteArray pem = pemOf(key_);
    put(u"strange name.pem"_s, pem);
    const Done done = run(zone({}) + QStringList{u"key"_s, u"import"_s, u"example.org"_s, u"--folder"_s, u"copied"_s});
    EXPECT_EQ(done.status, 1);
    EXPECT_TRUE(done.out.contains("sealwright-cli key import example.org 'copied/strange name.pem' --selector NAME"))
        << done.out.toStdString();
    EXPECT_FALSE(QFileInfo::exists(path(u"vault.pem"_s)));
    EXPECT_EQ(
        run({u"key"_s, u"import"_s, u"example.org"_s, u"copied/strange name.pem"_s, u"--selector"_s, u"x"_s}).status,
        0);
}

TEST_F(KeyFolder, withAProtectedKeyIsOpenedWithItsPassphrase) {
    const SecretBytes pem = *key_.toEncryptedPem(SecretBytes("open sesame"));
    put(u"mail.pem"_s, {pem.data(), static_cast<qsizetype>(pem.size())});
    const Done untold = take();
    EXPECT_EQ(untold.status, 1);
    EXPECT_EQ(left(untold), QStringList{u"mail.pem refused"_s});
    EXPECT_TRUE(untold.out.contains("SEALWRIGHT_KEY_PASSPHRASE")) << untold.out.toStdString();
    environment_.insert(u"SEALWRIGHT_KEY_PASSPHRASE"_s, u"open sesame"_s);
    EXPECT_EQ(imported(take()), QStringList{u"mail fileName unknown"_s});
}

TEST_F(KeyFolder, withWeakKeysIsTakenWithAWarningOrLeft) {
    const QString data = QString::fromUtf8(SEALWRIGHT_TEST_DATA "/keys/");
    put(u"mail.pem"_s, read(data + u"rsa1024.pem"_s));
    put(u"old.pem"_s, read(data + u"rsa512.pem"_s));
    const Done done = take();
    EXPECT_EQ(done.status, 0);
    EXPECT_EQ(imported(done), QStringList{u"mail fileName unknown"_s});
    EXPECT_EQ(left(done), QStringList{u"old.pem refused"_s});
    EXPECT_TRUE(done.err.contains("1024")) << done.err.toStdString();
    EXPECT_TRUE(done.out.contains("512")) << done.out.toStdString();
}

TEST_F(KeyFolder, neverReplacesAnotherKey) {
    setUp(u"example.org"_s);
    const QByteArray vault = read(path(u"vault.pem"_s));
    put(u"example.org/s2026.pem"_s, pemOf(key_));
    const Done done = take();
    EXPECT_EQ(done.status, 1);
    EXPECT_EQ(left(done), QStringList{u"example.org/s2026.pem selectorTaken"_s});
    EXPECT_EQ(read(path(u"vault.pem"_s)), vault);
}

TEST_F(KeyFolder, isTakenWholeOrNotAtAll) {
    put(u"example.org/a.pem"_s, pemOf(key_));
    put(u"example.org/b.pem"_s, rfcSeed);
    ASSERT_EQ(
        run({u"key"_s, u"import"_s, u"example.org"_s, path(u"copied/example.org/b.pem"_s), u"--selector"_s, u"x"_s})
            .status,
        0);
    const QByteArray vault = read(path(u"vault.pem"_s));
    environment_.insert(u"SEALWRIGHT_PASSPHRASE"_s, u"wrong"_s);
    EXPECT_NE(take().status, 0);
    EXPECT_EQ(selectors(), QStringList{u"x"_s});
    environment_.insert(u"SEALWRIGHT_PASSPHRASE"_s, u"correct horse"_s);

    // The profile can't be saved: no key stays behind in the vault.
    const Done done = take({u"--data-dir"_s, write(u"no folder"_s, "")});
    EXPECT_EQ(done.status, 3);
    EXPECT_TRUE(isClearMessage(done.err)) << done.err.toStdString();
    EXPECT_EQ(read(path(u"vault.pem"_s)), vault);
}

TEST_F(KeyFolder, thatCanNotBeReadIsBadInput) {
    write(u"file.pem"_s, pemOf(key_));
    ASSERT_EQ(mkfifo(path(u"pipe"_s).toUtf8().constData(), 0600), 0);
    for (const QString& folder : {u"gone"_s, u"file.pem"_s, u"pipe"_s}) {
        const Done done = take({}, folder);
        EXPECT_EQ(done.status, 2) << folder.toStdString();
        EXPECT_TRUE(isClearMessage(done.err)) << done.err.toStdString();
    }
    put(u"README"_s, "nothing");
    EXPECT_EQ(take().status, 1);
    EXPECT_EQ(run({u"key"_s, u"import"_s, u"example.org"_s}).status, 2);
    EXPECT_EQ(run({u"key"_s, u"import"_s, u"example.org"_s, u"x"_s, u"--folder"_s, u"copied"_s}).status, 2);
    const Done folder = run({u"key"_s, u"import"_s, u"example.org"_s, path(u"copied"_s)});
    EXPECT_EQ(folder.status, 2);
    EXPECT_TRUE(folder.err.contains("--folder")) << folder.err.toStdString();
}

TEST_F(KeyFolder, isNotGuessedAtWhereTheDnsIsSilent) {
    put(u"example.org/mail.pem"_s, pemOf(key_));
    const Done done = runPlain({u"--json"_s, u"--data-dir"_s, path(u"data"_s), u"--vault"_s,
                                u"file:"_s + path(u"vault.pem"_s), u"--resolver"_s, u"127.0.0.1@9"_s, u"--timeout"_s,
                                u"2"_s, u"key"_s, u"import"_s, u"example.org"_s, u"--folder"_s, path(u"copied"_s)});
    EXPECT_EQ(done.status, 3);
    EXPECT_EQ(left(done), QStringList{u"example.org/mail.pem dnsSilent"_s});
    EXPECT_TRUE(done.err.contains("--offline")) << done.err.toStdString();
    EXPECT_FALSE(QFileInfo::exists(path(u"vault.pem"_s)));
}

TEST_F(KeyFolder, leavesNoTraceOfItsPrivateKeys) {
    const QByteArray pem = pemOf(key_);
    put(u"example.org/mail.pem"_s, pem);
    put(u"cut.pem"_s, pem.left(600));
    put(u"seed.key"_s, QByteArray(rfcSeed).left(40));
    put(u"KeyTable"_s, "a example.org:x:" + pem.mid(28, 64) + "\n");
    const QStringList before = everything();
    for (const QStringList& how : {QStringList(), QStringList{u"--verbose"_s}, zone({})}) {
        const Done done = take(how);
        for (const QByteArray& said : {done.out, done.err}) {
            EXPECT_FALSE(said.contains(pem.mid(28, 40))) << said.toStdString();
            EXPECT_FALSE(said.contains(QByteArray(rfcSeed).left(20))) << said.toStdString();
        }
    }
    for (const QString& name : everything()) {
        EXPECT_TRUE(before.contains(name) || name.startsWith(u"data"_s) || name == u"vault.pem" || name == u"zone")
            << name.toStdString();
    }
}
