#include "cli.h"

using namespace sealwright::test;
using namespace Qt::StringLiterals;

namespace {

class Domain : public Cli {
protected:
    QJsonArray domains() {
        const Done done = run({u"--json"_s, u"domain"_s, u"list"_s});
        EXPECT_EQ(done.status, 0) << done.err.toStdString();
        return done.object()[u"domains"_s].toArray();
    }
};

} // namespace

TEST_F(Domain, isAddedShownListedAndRemoved) {
    EXPECT_EQ(domains(), QJsonArray());
    EXPECT_EQ(run({u"domain"_s, u"add"_s, u"example.org"_s, u"--mail-host"_s, u"mx.example.net"_s}).status, 0);
    EXPECT_EQ(run({u"domain"_s, u"add"_s, u"b.example"_s}).status, 0);
    EXPECT_EQ(domains(), (QJsonArray{u"b.example"_s, u"example.org"_s}));
    const QJsonObject shown = run({u"domain"_s, u"show"_s, u"example.org"_s, u"--json"_s}).object();
    EXPECT_EQ(shown[u"domain"_s], u"example.org"_s);
    EXPECT_EQ(shown[u"mailHost"_s], u"mx.example.net"_s);
    EXPECT_TRUE(run({u"domain"_s, u"show"_s, u"example.org"_s}).out.contains("mx.example.net"));
    EXPECT_EQ(run({u"domain"_s, u"remove"_s, u"b.example"_s}).status, 0);
    EXPECT_EQ(domains(), QJsonArray{u"example.org"_s});
    EXPECT_EQ(run({u"domain"_s, u"show"_s, u"b.example"_s}).status, 2);
}

TEST_F(Domain, thatIsRemovedLeavesItsKeysUnlessToldTwice) {
    setUp(u"example.org"_s);
    const QByteArray vault = read(path(u"vault.pem"_s));
    const Done unsure = run({u"domain"_s, u"remove"_s, u"example.org"_s, u"--with-keys"_s});
    EXPECT_EQ(unsure.status, 2);
    EXPECT_TRUE(unsure.err.contains("--yes")) << unsure.err.toStdString();
    EXPECT_EQ(domains().size(), 1);

    EXPECT_EQ(run({u"domain"_s, u"remove"_s, u"example.org"_s}).status, 0);
    EXPECT_EQ(read(path(u"vault.pem"_s)), vault);

    setUp(u"example.org"_s);
    EXPECT_EQ(run({u"domain"_s, u"remove"_s, u"example.org"_s, u"--with-keys"_s, u"--yes"_s}).status, 0);
    EXPECT_FALSE(read(path(u"vault.pem"_s)).contains("s2026"));
    EXPECT_EQ(domains().size(), 0);
}

TEST_F(Domain, needsNeitherTheVaultNorTheDns) {
    ASSERT_EQ(run({u"domain"_s, u"add"_s, u"example.org"_s}).status, 0);
    const Done done = runPlain({u"--data-dir"_s, path(u"data"_s), u"--vault"_s, u"file:/nonexistent/vault.pem"_s,
                                u"--zone"_s, u"/nonexistent/zone"_s, u"domain"_s, u"list"_s});
    EXPECT_EQ(done.status, 0) << done.err.toStdString();
    EXPECT_EQ(done.out, "example.org\n");
}
