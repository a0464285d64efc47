#include "cli.h"

#include <QDirIterator>

using namespace sealwright::test;

namespace {

QString oldData() {
    return QStringLiteral(SEALWRIGHT_TEST_DATA "/profiles");
}

const QString domain = QStringLiteral("xn--bcher-kva.example");

QJsonObject jsonIn(const QByteArray& content) {
    return QJsonDocument::fromJson(content).object();
}

} // namespace

/// What an earlier Sealwright wrote (tests/data/profiles), in the hands of this one.
class Upgrade : public Cli, public testing::WithParamInterface<QString> {
protected:
    void SetUp() override {
        const QString from = oldData() + u'/' + GetParam();
        QDirIterator files(from, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString file = files.next();
            const QString to = path(QStringLiteral("old/") + QDir(from).relativeFilePath(file));
            QDir().mkpath(QFileInfo(to).path());
            ASSERT_TRUE(QFile::copy(file, to)) << to.toStdString();
            QFile::setPermissions(to, QFile::ReadOwner | QFile::WriteOwner); // as git does not keep it
        }
        environment_.insert(QStringLiteral("SEALWRIGHT_PASSPHRASE"), QStringLiteral("correct horse"));
    }
    Done old(const QStringList& arguments) {
        return runPlain(QStringList{QStringLiteral("--data-dir"), path(QStringLiteral("old")),
                                    QStringLiteral("--vault"),
                                    QStringLiteral("file:") + path(QStringLiteral("old/keys.pem")),
                                    QStringLiteral("--offline"), QStringLiteral("--json")} +
                        arguments);
    }
    QJsonObject profile(const QString& name) const {
        return jsonIn(read(path(QStringLiteral("old/profiles/%1.json").arg(name))));
    }
};

TEST_P(Upgrade, KnowsEveryDomain) {
    const Done listed = old({QStringLiteral("domain"), QStringLiteral("list")});
    EXPECT_EQ(listed.status, 0) << listed.err.toStdString();
    for (const char* name : {"bcher-kva.example", "parked.example", "minimal.example"}) {
        EXPECT_TRUE(listed.out.contains(name)) << listed.out.toStdString();
    }
}

TEST_P(Upgrade, KeepsAllThatIsStoredWhenItSaves) {
    for (const QString& name : {domain, QStringLiteral("minimal.example"), QStringLiteral("parked.example")}) {
        const QJsonObject before = profile(name);
        ASSERT_FALSE(before.isEmpty());
        const bool sends = before[QStringLiteral("role")].toString() == QStringLiteral("sends");
        const Done saved = old(QStringList{QStringLiteral("domain"), QStringLiteral("add"), name} +
                               (sends ? QStringList{QStringLiteral("--mail-host"), QStringLiteral("mx.example.org")}
                                      : QStringList{QStringLiteral("--never-sends"), QStringLiteral("--report-to"),
                                                    QStringLiteral("new@example.org")}));
        EXPECT_EQ(saved.status, 0) << saved.err.toStdString();
        QJsonObject after = profile(name);
        const QString changed = sends ? QStringLiteral("mailHost") : QStringLiteral("reportsTo");
        EXPECT_NE(after[changed], before[changed]) << "it was saved";
        after[changed] = before[changed];
        EXPECT_EQ(after, before) << name.toStdString();
    }
}

TEST_P(Upgrade, OpensTheKeysAndExportsTheSameOnes) {
    const QString bundle = path(QStringLiteral("bundle"));
    const Done exported = old({QStringLiteral("export"), domain, QStringLiteral("--stack"),
                               QStringLiteral("postfix-opendkim"), QStringLiteral("--out"), bundle});
    EXPECT_EQ(exported.status, 0) << exported.err.toStdString();
    const QJsonArray keys = profile(domain)[QStringLiteral("keys")].toArray();
    ASSERT_FALSE(keys.isEmpty());
    for (const QJsonValue& key : keys) {
        const QString selector = key[QStringLiteral("selector")].toString();
        const Done shown = old({QStringLiteral("key"), QStringLiteral("export"), domain, QStringLiteral("--selector"),
                                selector, QStringLiteral("--out"), path(selector)});
        EXPECT_EQ(shown.status, 0) << shown.err.toStdString();
        EXPECT_TRUE(read(path(selector)).startsWith("-----BEGIN PRIVATE KEY-----"));
    }
}

TEST_P(Upgrade, ProposesTheRecordsOfThoseKeys) {
    const Done records = old({QStringLiteral("records"), domain});
    ASSERT_GE(records.status, 0) << records.err.toStdString();
    for (const QJsonValue& key : profile(domain)[QStringLiteral("keys")].toArray()) {
        EXPECT_TRUE(records.out.contains(key[QStringLiteral("publicKey")].toString().toUtf8()))
            << records.out.toStdString();
    }
    EXPECT_TRUE(records.out.contains("include:_spf.example.net"));
    EXPECT_TRUE(records.out.contains("p=quarantine"));
}

INSTANTIATE_TEST_SUITE_P(Of, Upgrade, testing::ValuesIn(QDir(oldData()).entryList(QDir::Dirs | QDir::NoDotAndDotDot)),
                         [](const auto& of) {
                             QString name = of.param;
                             return name.replace(u'-', u'_').replace(u'.', u'_').toStdString();
                         });

/// Each release leaves its own data behind, for those to come.
TEST(UpgradeData, HasThisRelease) {
    EXPECT_TRUE(QDir(oldData() + QStringLiteral("/" SEALWRIGHT_VERSION)).exists());
}
