#include "cli.h"

using namespace sealwright::test;
using namespace Qt::StringLiterals;

namespace {

class Setup : public Cli {
protected:
    QJsonObject json(const QStringList& arguments) {
        const Done done = run(QStringList{u"--json"_s} + arguments);
        EXPECT_EQ(done.status, 0) << done.err.toStdString();
        return done.object();
    }

    Done setUpWithBothKinds(const QString& stack) {
        Done done = run({u"setup"_s, u"example.org"_s, u"--stack"_s, stack, u"--mail-host"_s, u"mail.example.org"_s,
                         u"--algorithm"_s, u"rsa2048"_s, u"--algorithm"_s, u"ed25519"_s, u"--out"_s, path(u"out"_s)});
        EXPECT_EQ(done.status, 0) << done.err.toStdString();
        return done;
    }

    QStringList selectors(const QString& domain) {
        QStringList names;
        for (const QJsonValue& key : json({u"key"_s, u"list"_s, domain})[u"keys"_s].toArray()) {
            names << key[u"selector"_s].toString();
        }
        return names;
    }
};

} // namespace

TEST_F(Setup, makesTheKeyTheRecordsAndTheBundleOfOneDomain) {
    const QJsonObject result = json({u"setup"_s, u"example.org"_s, u"--stack"_s, u"exim4-debian"_s, u"--mail-host"_s,
                                     u"mail.example.org"_s, u"--out"_s, path(u"out"_s)});
    EXPECT_EQ(result[u"domain"_s], u"example.org"_s);
    const QJsonArray records = result[u"records"_s].toArray();
    EXPECT_TRUE(tagOf(recordFor(records, u"dkim"_s)[u"value"_s].toString(), u"p"_s)
                    .startsWith("MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A"_L1));
    EXPECT_EQ(recordFor(records, u"spf"_s)[u"value"_s], u"v=spf1 mx ~all"_s);
    EXPECT_EQ(recordFor(records, u"host-spf"_s)[u"value"_s], u"v=spf1 a -all"_s);
    EXPECT_EQ(recordFor(records, u"dmarc"_s)[u"value"_s], u"v=DMARC1; p=none; rua=mailto:dmarc-reports@example.org"_s);
    for (const char* file : {"install.sh", "README.txt", "manifest.json", "files", "keys", "dns"}) {
        EXPECT_TRUE(QFileInfo::exists(path(u"out/"_s + QLatin1StringView(file)))) << file;
    }
}

TEST_F(Setup, showsTheLinesForEximsOneFileInTheReadmeAndLeavesTheGroupToTheServer) {
    setUpWithBothKinds(u"exim"_s);
    const QByteArray readme = read(path(u"out/README.txt"_s));
    for (const QString& part : {u"out/files/exim.conf/main"_s, u"out/files/exim.conf/transport"_s}) {
        const QByteArray lines = read(path(part));
        EXPECT_FALSE(lines.isEmpty());
        EXPECT_TRUE(readme.contains(lines)) << part.toStdString();
    }
    const QByteArray manifest = read(path(u"out/manifest.json"_s));
    EXPECT_TRUE(manifest.contains("\"path\": \"/etc/exim-dkim/domains\", \"owner\": \"root:@exim\""));
    EXPECT_FALSE(manifest.contains("Debian-exim"));
}

TEST_F(Setup, namesTheKeyByItsKindAndMonth) {
    json({u"setup"_s, u"example.org"_s, u"--stack"_s, u"exim4-debian"_s, u"--out"_s, path(u"out"_s)});
    const QString month = QDateTime::currentDateTimeUtc().toString(u"yyyyMM"_s);
    EXPECT_EQ(selectors(u"example.org"_s), QStringList{u"s"_s + month});
}

TEST_F(Setup, makesNoNewKeyTheSecondTime) {
    setUp(u"example.org"_s);
    const QByteArray vault = read(path(u"vault.pem"_s));
    const QByteArray zone = run({u"records"_s, u"example.org"_s}).out;
    setUp(u"example.org"_s);
    EXPECT_EQ(read(path(u"vault.pem"_s)), vault);
    EXPECT_EQ(run({u"records"_s, u"example.org"_s}).out, zone);
}

TEST_F(Setup, keepsTheSavedKeysWhereNoAlgorithmIsNamed) {
    setUp(u"example.org"_s, {u"--algorithm"_s, u"ed25519"_s});
    const Done again = run({u"setup"_s, u"example.org"_s, u"--stack"_s, u"exim4-debian"_s, u"--out"_s, path(u"b"_s)});
    EXPECT_EQ(again.status, 0) << again.err.toStdString();
    EXPECT_EQ(selectors(u"example.org"_s), QStringList{u"s2026"_s});
}

TEST_F(Setup, givesEachAlgorithmASelectorOfItsOwn) {
    setUp(u"example.org"_s, {u"--algorithm"_s, u"rsa2048"_s, u"--algorithm"_s, u"ed25519"_s});
    EXPECT_EQ(selectors(u"example.org"_s), (QStringList{u"s2026"_s, u"s2026-ed25519"_s}));
}

TEST_F(Setup, refusesASelectorThatNamesAnotherKey) {
    setUp(u"example.org"_s);
    const Done done = run({u"setup"_s, u"example.org"_s, u"--stack"_s, u"exim4-debian"_s, u"--selector"_s, u"s2026"_s,
                           u"--algorithm"_s, u"rsa3072"_s, u"--out"_s, path(u"b"_s)});
    EXPECT_EQ(done.status, 2);
    EXPECT_TRUE(isClearMessage(done.err));
    EXPECT_FALSE(QFileInfo::exists(path(u"b"_s)));
}

TEST_F(Setup, neverMakesANewKeyForOneTheVaultHasLost) {
    setUp(u"example.org"_s);
    ASSERT_TRUE(QFile::remove(path(u"vault.pem"_s)));
    const Done done = run({u"setup"_s, u"example.org"_s, u"--stack"_s, u"exim4-debian"_s, u"--out"_s, path(u"b"_s)});
    EXPECT_NE(done.status, 0);
    EXPECT_TRUE(done.err.contains("s2026")) << done.err.toStdString();
    EXPECT_FALSE(QFileInfo::exists(path(u"vault.pem"_s)));
    EXPECT_FALSE(QFileInfo::exists(path(u"b"_s)));
}

TEST_F(Setup, neverMakesANewKeyWhileTheVaultIsLocked) {
    setUp(u"example.org"_s);
    const QByteArray vault = read(path(u"vault.pem"_s));
    environment_.remove(u"SEALWRIGHT_PASSPHRASE"_s);
    const Done locked = run({u"setup"_s, u"example.org"_s, u"--stack"_s, u"exim4-debian"_s, u"--out"_s, path(u"b"_s)});
    EXPECT_EQ(locked.status, 3);
    EXPECT_TRUE(locked.err.contains("SEALWRIGHT_PASSPHRASE")) << locked.err.toStdString();
    environment_.insert(u"SEALWRIGHT_PASSPHRASE"_s, u"wrong"_s);
    const Done wrong = run({u"setup"_s, u"example.org"_s, u"--stack"_s, u"exim4-debian"_s, u"--out"_s, path(u"b"_s)});
    EXPECT_EQ(wrong.status, 2);
    EXPECT_EQ(read(path(u"vault.pem"_s)), vault);
    EXPECT_FALSE(QFileInfo::exists(path(u"b"_s)));
}

TEST_F(Setup, usesAStoredKeyAgainWhoseDomainWasRemoved) {
    setUp(u"example.org"_s);
    const QByteArray zone = run({u"records"_s, u"example.org"_s}).out;
    ASSERT_EQ(run({u"domain"_s, u"remove"_s, u"example.org"_s}).status, 0);
    setUp(u"example.org"_s);
    EXPECT_EQ(run({u"records"_s, u"example.org"_s}).out, zone);
}

TEST_F(Setup, replacesWhatIsGivenAndKeepsTheRest) {
    setUp(u"example.org"_s, {u"--ip"_s, u"192.0.2.1"_s, u"--include"_s, u"_spf.example.net"_s, u"--policy"_s,
                             u"quarantine"_s, u"--report-to"_s, u"dmarc@example.org"_s});
    setUp(u"example.org"_s, {u"--ip"_s, u"192.0.2.2"_s, u"--ip"_s, u"2001:db8::/32"_s});
    const QJsonObject profile = json({u"domain"_s, u"show"_s, u"example.org"_s});
    EXPECT_EQ(profile[u"addresses"_s].toArray(), (QJsonArray{u"192.0.2.2"_s, u"2001:db8::/32"_s}));
    EXPECT_EQ(profile[u"includes"_s].toArray(), QJsonArray{u"_spf.example.net"_s});
    EXPECT_EQ(profile[u"policy"_s], u"quarantine"_s);
    EXPECT_EQ(profile[u"reportsTo"_s].toArray(), QJsonArray{u"dmarc@example.org"_s});
    EXPECT_EQ(profile[u"stack"_s], u"exim4-debian"_s);
}

TEST_F(Setup, takesAnInternationalNameAsItIsTyped) {
    setUp(u"müller.example"_s);
    EXPECT_EQ(json({u"domain"_s, u"list"_s})[u"domains"_s].toArray(), QJsonArray{u"xn--mller-kva.example"_s});
    EXPECT_EQ(run({u"records"_s, u"MÜLLER.example."_s}).status, 0);
}

TEST_F(Setup, printsZoneTextAndNothingElseOnStandardOutput) {
    const Done done = run({u"setup"_s, u"example.org"_s, u"--stack"_s, u"postfix-opendkim"_s, u"--mail-host"_s,
                           u"mail.example.net"_s, u"--out"_s, path(u"out.tar.gz"_s)});
    ASSERT_EQ(done.status, 0) << done.err.toStdString();
    const QString zone = write(u"zone"_s, done.out);
    const Done checked = run({u"--zone"_s, zone, u"check"_s, u"example.org"_s, u"--only"_s, u"dkim,dmarc"_s});
    EXPECT_EQ(checked.status, 0) << checked.out.toStdString() << checked.err.toStdString();
    EXPECT_EQ(read(path(u"out.tar.gz"_s)).first(2), QByteArray("\x1f\x8b"));
}

TEST_F(Setup, saysWhichKeyTheServerCanNotSignWith) {
    const Done done = setUpWithBothKinds(u"postfix-opendkim"_s);
    const QString month = QDateTime::currentDateTimeUtc().toString(u"yyyyMM"_s);
    EXPECT_TRUE(done.err.contains("e" + month.toUtf8())) << done.err.toStdString();
}

TEST_F(Setup, givesRspamdEveryKeyInTheFormItReads) {
    const Done done = setUpWithBothKinds(u"postfix-rspamd"_s);
    const QString month = QDateTime::currentDateTimeUtc().toString(u"yyyyMM"_s);
    EXPECT_FALSE(done.err.contains("e" + month.toUtf8())) << done.err.toStdString();
    EXPECT_TRUE(read(path(u"out/keys/example.org/s"_s + month + u".pem"_s)).startsWith("-----BEGIN PRIVATE KEY"));
    EXPECT_EQ(read(path(u"out/keys/example.org/e"_s + month + u".key"_s)).size(), 45);
    const QJsonObject profile = json({u"domain"_s, u"show"_s, u"example.org"_s});
    EXPECT_EQ(profile[u"stack"_s], u"postfix-rspamd"_s);
}

TEST_F(Setup, putsSeveralDomainsIntoOneBundle) {
    setUp(u"example.org"_s);
    setUp(u"example.net"_s);
    const QJsonObject result = json({u"export"_s, u"example.org"_s, u"example.net"_s, u"example.org"_s, u"--stack"_s,
                                     u"exim4-debian"_s, u"--out"_s, path(u"both.zip"_s)});
    EXPECT_EQ(result[u"domains"_s].toArray(), (QJsonArray{u"example.org"_s, u"example.net"_s}));
    EXPECT_EQ(read(path(u"both.zip"_s)).first(2), QByteArray("PK"));
    EXPECT_EQ(QFile(path(u"both.zip"_s)).permissions() & QFileDevice::Permissions(0x0077), QFileDevice::Permissions());
}

TEST_F(Setup, remembersWhetherIncomingMailIsChecked) {
    const auto kept = [this]() -> QJsonValue { return json({u"domain"_s, u"show"_s, u"example.org"_s})[u"inbound"_s]; };
    const auto exported = [this](const QString& domain, const QStringList& more) -> QJsonValue {
        return json(QStringList{u"export"_s, u"example.net"_s, domain, u"--stack"_s, u"postfix-opendkim"_s, u"--out"_s,
                                path(u"bundle"_s)} +
                    more)[u"inbound"_s];
    };
    const QString dmarc = path(u"bundle/files/etc/opendmarc.conf"_s);
    setUp(u"example.org"_s);
    setUp(u"example.net"_s);
    EXPECT_EQ(kept(), u"unchanged"_s);
    EXPECT_EQ(exported(u"example.org"_s, {}), u"unchanged"_s);
    EXPECT_FALSE(QFile::exists(dmarc));

    setUp(u"example.org"_s, {u"--inbound"_s, u"results"_s});
    EXPECT_EQ(kept(), u"results"_s);
    EXPECT_EQ(exported(u"example.org"_s, {}), u"results"_s) << "one of the domains asks for it";
    EXPECT_TRUE(QFile::exists(dmarc));
    EXPECT_EQ(exported(u"example.net"_s, {}), u"unchanged"_s);
    EXPECT_EQ(exported(u"example.org"_s, {u"--inbound"_s, u"unchanged"_s}), u"unchanged"_s);
    EXPECT_FALSE(QFile::exists(dmarc));

    ASSERT_EQ(run({u"domain"_s, u"add"_s, u"example.org"_s, u"--inbound"_s, u"unchanged"_s}).status, 0);
    EXPECT_EQ(kept(), u"unchanged"_s);
    EXPECT_EQ(run({u"domain"_s, u"add"_s, u"example.org"_s, u"--inbound"_s, u"reject"_s}).status, 2);
}
