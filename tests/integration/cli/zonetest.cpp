#include "cli.h"

#include <QProcess>

using namespace sealwright::test;
using namespace Qt::StringLiterals;

namespace {

/// Zone files as people keep them; @SERIAL@ is where the number stands.
const QByteArray byHand = R"($TTL 86400
@	IN	SOA	ns1.example.org. hostmaster.example.org. (
			@SERIAL@ ; serial
			8H 2H 4W 1D )
	IN	NS	ns1
	IN	MX	10 mail
	IN	TXT	"google-site-verification=abc"
	IN	TXT	"v=spf1 a mx ~all"
; hosts
ns1	IN	A	192.0.2.2
mail	IN	A	192.0.2.1
www	IN	CNAME	mail
)";
const QByteArray byMachine =
    "example.org. 3600 IN SOA ns1.example.org. h.example.org. @SERIAL@ 28800 7200 2419200 86400\r\n"
    "example.org. 3600 IN NS ns1.example.org.\r\nexample.org. 3600 IN MX 10 mail.example.org.\r\n"
    "_dmarc.example.org. 3600 IN TXT \"v=DMARC1; p=quarantine\"\r\n"
    "mail.example.org. 3600 IN A 192.0.2.1\r\nns1.example.org. 3600 IN A 192.0.2.2";
const QByteArray withOrigins = R"($ORIGIN .
$TTL 3600
example.org  IN SOA ns1.example.org. h.example.org. ( @SERIAL@ 28800 7200 2419200 86400 )
             NS ns1.example.org.
             MX 10 mail.example.org.
$ORIGIN _domainkey.example.org.
old          TXT ( "v=DKIM1; k=rsa; "
                   "p=" ) ; revoked
$ORIGIN example.org.
mail         A 192.0.2.1
ns1          A 192.0.2.2
$ORIGIN branch.example.org.
www          A 192.0.2.3
)";

class Zone : public Cli {
protected:
    void SetUp() override { setUp(u"example.org"_s); }

    static testing::AssertionResult isAccepted(const QString& file) {
        QProcess checker;
        checker.start(u"named-checkzone"_s, {u"example.org"_s, file});
        checker.waitForFinished();
        const QByteArray said = checker.readAll();
        return checker.exitCode() == 0 && said.count('\n') == 2 ? testing::AssertionSuccess() // no warnings either
                                                                : testing::AssertionFailure() << said.toStdString();
    }
};

} // namespace

TEST_F(Zone, changesFilesAsPeopleKeepThem) {
    for (const QByteArray& layout : {byHand, byMachine, withOrigins}) {
        const QByteArray old = QByteArray(layout).replace("@SERIAL@", "2020010105");
        const QString file = write(u"db.example.org"_s, old);
        const Done done = run({u"zone"_s, file, u"example.org"_s, u"--write"_s});
        ASSERT_EQ(done.status, 0) << done.err.toStdString();
        EXPECT_TRUE(isAccepted(file)) << read(file).toStdString();
        EXPECT_EQ(read(file + u'~'), old);
        const Done check =
            run({u"--json"_s, u"check"_s, u"example.org"_s, u"--zone"_s, file, u"--only"_s, u"spf,dkim,dmarc"_s});
        EXPECT_EQ(check.status, 0) << check.out.toStdString();

        const QByteArray written = read(file);
        const Done again = run({u"zone"_s, file, u"example.org"_s, u"--write"_s});
        EXPECT_EQ(again.status, 0);
        EXPECT_TRUE(again.out.isEmpty());
        EXPECT_EQ(read(file), written);
    }
}

TEST_F(Zone, showsTheChangeAndWritesNothingUnasked) {
    const QByteArray old = QByteArray(byHand).replace("@SERIAL@", "7");
    const QString file = write(u"example.org.zone"_s, old);
    const Done done = run({u"zone"_s, file, u"example.org"_s});
    EXPECT_EQ(done.status, 0);
    EXPECT_TRUE(done.out.contains("- ")) << done.out.toStdString();
    EXPECT_TRUE(done.out.contains("+ ")) << done.out.toStdString();
    EXPECT_EQ(read(file), old);
    const QJsonObject json = run({u"--json"_s, u"zone"_s, file, u"example.org"_s}).object();
    EXPECT_EQ(fieldsOf(json),
              (QStringList{u"diff"_s, u"file"_s, u"newSerial"_s, u"oldSerial"_s, u"written"_s, u"zone"_s}));
    EXPECT_EQ(json[u"newSerial"_s], 8);
    EXPECT_EQ(json[u"written"_s], false);
}

TEST_F(Zone, saysWhyItCannot) {
    const QByteArray zone = QByteArray(byHand).replace("@SERIAL@", "7");
    for (const QByteArray& broken :
         {QByteArray(), QByteArray("www A 192.0.2.1\n"), zone + "$INCLUDE keys.db\n", zone + "x TXT \"open\n",
          zone + "_domainkey NS ns.other.test.\n", zone + "_dmarc CNAME dmarc.other.test.\n",
          zone + "www RRSIG A 8 3 60 20260101000000 20250101000000 1 example.org. eA==\n"}) {
        const QString file = write(u"db.example.org"_s, broken);
        const Done done = run({u"zone"_s, file, u"example.org"_s, u"--write"_s});
        EXPECT_EQ(done.status, 2) << broken.toStdString() << done.err.toStdString();
        EXPECT_TRUE(isClearMessage(done.err)) << done.err.toStdString();
        EXPECT_EQ(read(file), broken);
    }
    EXPECT_EQ(run({u"zone"_s, path(u"nowhere"_s), u"example.org"_s}).status, 2);
}

TEST_F(Zone, writesNothingThatBindRefuses) {
    const QByteArray old = QByteArray(byHand).replace("@SERIAL@", "7") + "www A 192.0.2.7\n"; // beside its CNAME
    const QString file = write(u"db.example.org"_s, old);
    const Done done = run({u"zone"_s, file, u"example.org"_s, u"--write"_s});
    EXPECT_EQ(done.status, 2);
    EXPECT_TRUE(done.err.contains("named-checkzone")) << done.err.toStdString();
    EXPECT_EQ(read(file), old);
}

TEST_F(Zone, refusesWhatIsNoZoneFile) {
    QByteArray octets;
    for (int i = 0; i < 4096; ++i) {
        octets += static_cast<char>(i * 7919 >> 3);
    }
    for (const QByteArray& content : {octets, QByteArray(1 << 20, '('), QByteArray((16 << 20) + 1, '\n')}) {
        const QString file = write(u"db.example.org"_s, content);
        const Done done = run({u"zone"_s, file, u"example.org"_s, u"--write"_s});
        EXPECT_EQ(done.status, 2) << done.err.toStdString();
        EXPECT_TRUE(isClearMessage(done.err)) << done.err.toStdString();
    }
}
