#include "cli.h"

#include "support/madecertificate.h"

#include "base/digest.h"

#include <QProcess>

using namespace sealwright::test;
using namespace Qt::StringLiterals;

namespace {

class Transport : public Cli {
protected:
    QJsonObject json(const QStringList& arguments) {
        const Done done = run(QStringList{u"--json"_s} + arguments);
        EXPECT_EQ(done.status, 0) << done.err.toStdString();
        return done.object();
    }

    QString writeCertificate(const QString& name) {
        const auto made = makeCertificate({.names = {"mail.example.org"}});
        keys_ << QString::fromStdString(sealwright::sha256Hex(made.publicKey));
        return write(name, QByteArray::fromStdString(made.pem()));
    }

    QStringList keys_; ///< Of the certificates, SHA-256.
};

QStringList valuesOf(const QJsonArray& records, const QString& purpose) {
    QStringList values;
    for (const QJsonValue& record : records) {
        if (record[u"purpose"_s] == purpose) {
            values << record[u"value"_s].toString();
        }
    }
    return values;
}

} // namespace

TEST_F(Transport, setupMakesTheRecordsAndThePolicy) {
    const QJsonObject result =
        json({u"setup"_s, u"example.org"_s, u"--stack"_s, u"exim4-debian"_s, u"--mail-host"_s, u"mail.example.org"_s,
              u"--mta-sts"_s, u"testing"_s, u"--certificate"_s, writeCertificate(u"now.pem"_s), u"--certificate"_s,
              writeCertificate(u"next.pem"_s), u"--out"_s, path(u"out"_s)});
    const QJsonArray records = result[u"records"_s].toArray();
    EXPECT_EQ(valuesOf(records, u"tls-rpt"_s), QStringList{u"v=TLSRPTv1; rua=mailto:dmarc-reports@example.org"_s});
    EXPECT_EQ(valuesOf(records, u"mta-sts-host"_s), QStringList{u"mail.example.org."_s});
    EXPECT_EQ(valuesOf(records, u"tlsa"_s), (QStringList{u"3 1 1 "_s + keys_[0], u"3 1 1 "_s + keys_[1]}));
    EXPECT_TRUE(valuesOf(records, u"mta-sts"_s).value(0).startsWith(u"v=STSv1; id="_s));
    EXPECT_EQ(read(path(u"out/files/mta-sts/example.org/mta-sts.txt"_s)),
              "version: STSv1\r\nmode: testing\r\nmx: mail.example.org\r\nmax_age: 86400\r\n");
    EXPECT_TRUE(read(path(u"out/dns/example.org.zone"_s)).contains("_25._tcp.mail"));
    EXPECT_TRUE(json({u"domain"_s, u"show"_s, u"example.org"_s})[u"certificateKeys"_s].toArray().size() == 2);
}

TEST_F(Transport, wishesAreAddedToADomainAndTakenBack) {
    setUp(u"example.org"_s);
    const QStringList add{u"domain"_s, u"add"_s, u"example.org"_s};
    QJsonObject profile = json(add + QStringList{u"--mta-sts"_s, u"enforce"_s, u"--tls-report-to"_s, u"a@example.net"_s,
                                                 u"--tls-report-to"_s, u"b@example.net"_s});
    EXPECT_EQ(profile[u"mtaSts"_s], (QJsonObject{{u"mode"_s, u"enforce"_s}, {u"maxAge"_s, 604800}}));
    EXPECT_EQ(profile[u"tlsReportsTo"_s], (QJsonArray{u"a@example.net"_s, u"b@example.net"_s}));
    profile = json(add + QStringList{u"--certificate"_s, writeCertificate(u"now.pem"_s)});
    EXPECT_EQ(profile[u"mtaSts"_s][u"mode"_s], u"enforce"_s) << "what is not named stays";
    EXPECT_EQ(profile[u"certificateKeys"_s], QJsonArray{keys_[0]});
    const Done shown = run({u"domain"_s, u"show"_s, u"example.org"_s});
    for (const QString& word : {u"enforce"_s, u"a@example.net"_s, keys_[0]}) {
        EXPECT_TRUE(shown.out.contains(word.toUtf8())) << shown.out.toStdString();
    }
    profile =
        json(add + QStringList{u"--mta-sts"_s, u"off"_s, u"--tls-report-to"_s, u"off"_s, u"--certificate"_s, u"off"_s});
    EXPECT_TRUE(profile[u"mtaSts"_s].isNull());
    EXPECT_TRUE(profile[u"tlsReportsTo"_s].toArray().isEmpty());
    EXPECT_TRUE(profile[u"certificateKeys"_s].toArray().isEmpty());
}

TEST_F(Transport, everyFormatShowsTheRecords) {
    setUp(u"example.org"_s, {u"--mta-sts"_s, u"testing"_s, u"--certificate"_s, writeCertificate(u"now.pem"_s)});
    for (const QString& format : {u"zone"_s, u"fields"_s, u"json"_s}) {
        const Done done = run({u"records"_s, u"example.org"_s, u"--format"_s, format});
        for (const char* word : {"STSv1", "TLSRPTv1", "3 1 1 ", "CNAME"}) {
            EXPECT_TRUE(done.out.contains(word)) << format.toStdString() << ": " << word;
        }
    }
}

TEST_F(Transport, aFileWithoutACertificateIsRefusedWithAWord) {
    setUp(u"example.org"_s);
    const QString key = write(u"key.pem"_s, QByteArray::fromStdString(pemBlock("PRIVATE KEY", "x")));
    for (const auto& [file, word] : {std::pair{key, "private key"},
                                     {write(u"words"_s, "hello"), "no certificate"},
                                     {path(u"absent"_s), "can't be read"},
                                     {path(u""_s), "folder"}}) {
        const Done done = run({u"domain"_s, u"add"_s, u"example.org"_s, u"--certificate"_s, file});
        EXPECT_EQ(done.status, 2) << file.toStdString();
        EXPECT_TRUE(isClearMessage(done.err));
        EXPECT_TRUE(done.err.contains(word)) << done.err.toStdString();
    }
}

TEST_F(Transport, theZoneFileTakesThemOverOnce) {
    setUp(u"example.org"_s, {u"--mta-sts"_s, u"testing"_s, u"--certificate"_s, writeCertificate(u"now.pem"_s),
                             u"--certificate"_s, writeCertificate(u"next.pem"_s)});
    const QString zone = write(u"db.example.org"_s, "$TTL 3600\n@ IN SOA ns1.example.org. h.example.org. 2026112701 1h "
                                                    "1h 1h 1h\n@ IN NS ns1\n@ IN MX 10 mail\nns1 IN A 192.0.2.2\n"
                                                    "mail IN A 192.0.2.1\n");
    EXPECT_EQ(run({u"zone"_s, zone, u"example.org"_s, u"--write"_s}).status, 0);
    const QByteArray written = read(zone);
    for (const QByteArray& line : {"3 1 1 " + keys_[0].toUtf8(), "3 1 1 " + keys_[1].toUtf8(), QByteArray("STSv1"),
                                   QByteArray("TLSRPTv1"), QByteArray("CNAME")}) {
        EXPECT_EQ(written.count(line), 1) << line.toStdString() << " in\n" << written.toStdString();
    }
    QProcess checker;
    checker.start(u"named-checkzone"_s, {u"example.org"_s, zone});
    checker.waitForFinished();
    EXPECT_EQ(checker.exitCode(), 0) << checker.readAll().toStdString();
    EXPECT_EQ(run({u"zone"_s, zone, u"example.org"_s, u"--write"_s}).status, 0);
    EXPECT_EQ(read(zone), written);
}

TEST_F(Transport, asksTheServerForItsCertificateOnlyWhereItKnowsWhom) {
    const QStringList live{u"domain"_s, u"add"_s, u"example.org"_s, u"--certificate"_s, u"live"_s};
    EXPECT_EQ(run(live).status, 2);
    const Done done = run(live + QStringList{u"--mail-host"_s, u"mail.example.org"_s});
    EXPECT_EQ(done.status, 3) << "off line";
    EXPECT_FALSE(done.err.isEmpty());
}

TEST_F(Transport, aZoneFileShowsRecordsAndNoServers) {
    const QString zone =
        write(u"example.org.zone"_s, "$ORIGIN example.org.\n@ 300 SOA ns1 h 1 3600 600 86400 300\n@ 300 MX 10 mail\n"
                                     "mail 300 A 192.0.2.1\n_25._tcp.mail 300 TLSA 3 1 1 " +
                                         QByteArray(64, 'a') + "\n");
    const Done done = run({u"--json"_s, u"--zone"_s, zone, u"check"_s, u"example.org"_s, u"--only"_s, u"dane,smtp"_s});
    QStringList codes;
    for (const QJsonValue& finding : done.object()[u"findings"_s].toArray()) {
        codes << finding[u"code"_s].toString();
    }
    EXPECT_EQ(codes, (QStringList{u"dane-not-asked"_s, u"smtp-not-asked"_s}));
    EXPECT_EQ(done.status, 0) << done.err.toStdString();
}
