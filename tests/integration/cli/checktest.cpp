#include "cli.h"

using namespace sealwright::test;
using namespace Qt::StringLiterals;

namespace {

class Check : public Cli {
protected:
    /// The zone as it will be once our records are published.
    QString publishedZone(const QByteArray& more = {}) {
        const Done records = run({u"records"_s, u"example.org"_s});
        EXPECT_EQ(records.status, 0);
        return write(u"example.org.zone"_s,
                     "$ORIGIN example.org.\n$TTL 300\n@ SOA ns1 hostmaster 1 3600 600 86400 300\n  NS ns1\n"
                     "  MX 10 mail\nns1 A 192.0.2.53\nmail A 192.0.2.25\n" +
                         records.out + more);
    }

    static QStringList codes(const QJsonObject& result) {
        QStringList all;
        for (const QJsonValue& finding : result[u"findings"_s].toArray()) {
            all << finding[u"code"_s].toString();
        }
        return all;
    }

    /// Of lines of JSON, sorted.
    static QStringList domainsIn(const QByteArray& lines) {
        QStringList domains;
        for (const QByteArray& line : lines.split('\n')) {
            if (!line.isEmpty()) {
                domains << QJsonDocument::fromJson(line)[u"domain"_s].toString();
            }
        }
        domains.sort();
        return domains;
    }

    static QJsonObject worst(const QJsonObject& result, const QString& severity) {
        for (const QJsonValue& finding : result[u"findings"_s].toArray()) {
            if (finding[u"severity"_s] == severity) {
                return finding.toObject();
            }
        }
        return {};
    }
};

} // namespace

TEST_F(Check, isContentWithTheZoneThatWasWorkedOut) {
    setUp(u"example.org"_s);
    const Done done = run({u"--json"_s, u"--zone"_s, publishedZone(), u"check"_s, u"example.org"_s});
    EXPECT_EQ(done.status, 0) << done.out.toStdString();
    for (const QJsonValue& finding : done.object()[u"findings"_s].toArray()) {
        EXPECT_TRUE(finding[u"severity"_s] == u"ok"_s || finding[u"severity"_s] == u"info"_s)
            << finding[u"found"_s].toString().toStdString();
    }
}

TEST_F(Check, hasTheFieldsOfTheContract) {
    setUp(u"example.org"_s);
    const QJsonObject result = run({u"--json"_s, u"--zone"_s, publishedZone(), u"check"_s, u"example.org"_s}).object();
    EXPECT_EQ(result[u"domain"_s], u"example.org"_s);
    EXPECT_TRUE(result[u"elapsedMs"_s].isDouble());
    const QJsonArray findings = result[u"findings"_s].toArray();
    ASSERT_FALSE(findings.isEmpty());
    const QStringList severities{u"ok"_s, u"info"_s, u"warning"_s, u"error"_s, u"unknown"_s};
    for (const QJsonValue& finding : findings) {
        for (const QString& field : {u"code"_s, u"area"_s, u"subject"_s, u"found"_s, u"why"_s}) {
            EXPECT_FALSE(finding[field].toString().isEmpty()) << field.toStdString();
        }
        EXPECT_TRUE(severities.contains(finding[u"severity"_s].toString()));
        EXPECT_TRUE(finding[u"remedy"_s].isString());
        EXPECT_TRUE(finding[u"expected"_s].isArray());
        EXPECT_TRUE(finding[u"seen"_s].isArray());
    }
}

TEST_F(Check, failsWithTheExactRecordToPublish) {
    setUp(u"example.org"_s);
    const QByteArray wanted = run({u"records"_s, u"example.org"_s}).out;
    const QString zone =
        write(u"example.org.zone"_s, "$ORIGIN example.org.\n@ 300 SOA ns1 hostmaster 1 3600 600 86400 300\n"
                                     "@ 300 NS ns1\n@ 300 MX 10 mail\nns1 300 A 192.0.2.53\nmail 300 A 192.0.2.25\n");
    const Done done = run({u"--json"_s, u"--zone"_s, zone, u"check"_s, u"example.org"_s, u"--only"_s, u"dkim"_s});
    EXPECT_EQ(done.status, 1);
    const QJsonObject missing = worst(done.object(), u"error"_s);
    EXPECT_EQ(missing[u"subject"_s], u"s2026._domainkey.example.org"_s);
    const QByteArray remedy = missing[u"remedy"_s].toString().toUtf8();
    const QByteArray line = remedy.mid(remedy.indexOf("s2026._domainkey")).trimmed();
    EXPECT_TRUE(wanted.contains(line)) << remedy.toStdString();
    EXPECT_EQ(missing[u"expected"_s][0][u"name"_s], u"s2026._domainkey.example.org"_s);
}

TEST_F(Check, showsPeopleTheMarkTheWhyAndTheRecord) {
    setUp(u"example.org"_s);
    const QString zone = write(u"example.org.zone"_s, "$ORIGIN example.org.\n@ 300 SOA ns1 h 1 3600 600 86400 300\n");
    const Done done = run({u"--zone"_s, zone, u"check"_s, u"example.org"_s});
    EXPECT_EQ(done.status, 1);
    EXPECT_TRUE(done.out.contains("DMARC")) << done.out.toStdString();
    EXPECT_TRUE(done.out.contains("_dmarc.example.org.\t300\tIN\tTXT\t\"v=DMARC1; p=none;")) << done.out.toStdString();
    EXPECT_FALSE(done.out.contains('\x1b')) << "colour that no terminal asked for";
}

TEST_F(Check, givesAreasOfWhichThereIsNotMuchToSayOneLineEach) {
    setUp(u"example.org"_s);
    const QString zone = publishedZone();
    const Done brief = run({u"--zone"_s, zone, u"check"_s, u"example.org"_s, u"--only"_s, u"spf,blocklists"_s});
    EXPECT_EQ(brief.out.trimmed().count('\n'), 3) << brief.out.toStdString(); // the domain, an empty line, two areas
    const Done verbose = run({u"--zone"_s, zone, u"--verbose"_s, u"check"_s, u"example.org"_s, u"--only"_s, u"spf"_s});
    EXPECT_TRUE(verbose.out.contains("SPF passes for the mail server's own name")) << verbose.out.toStdString();
}

TEST_F(Check, beginsAnAreaWithWhatIsWorst) {
    const QString zone =
        write(u"example.net.zone"_s, "$ORIGIN example.net.\n@ 300 SOA ns1 h 1 3600 600 86400 300\n@ 300 MX 10 mail\n"
                                     "@ 300 MX 20 home\nmail 300 A 192.0.2.25\nhome 300 A 192.168.1.2\n");
    const Done done = run({u"--zone"_s, zone, u"check"_s, u"example.net"_s, u"--only"_s, u"mx"_s});
    EXPECT_LT(done.out.indexOf("ERROR"), done.out.indexOf("  ok  ")) << done.out.toStdString();
}

TEST_F(Check, looksOnlyAtTheAreasThatAreNamed) {
    setUp(u"example.org"_s);
    const Done done =
        run({u"--json"_s, u"--zone"_s, publishedZone(), u"check"_s, u"example.org"_s, u"--only"_s, u"spf,dmarc"_s});
    QStringList areas;
    for (const QJsonValue& finding : done.object()[u"findings"_s].toArray()) {
        areas << finding[u"area"_s].toString();
    }
    areas.removeDuplicates();
    areas.sort();
    EXPECT_EQ(areas, (QStringList{u"dmarc"_s, u"spf"_s}));
}

TEST_F(Check, ofSeveralDomainsIsALineEachAsTheyCome) {
    setUp(u"example.org"_s);
    const Done done = run({u"--json"_s, u"--zone"_s, publishedZone(), u"check"_s, u"example.org"_s, u"example.net"_s,
                           u"--jobs"_s, u"2"_s});
    EXPECT_EQ(domainsIn(done.out), (QStringList{u"example.net"_s, u"example.org"_s}));
}

TEST_F(Check, goesOnWithAListWhereItWasStopped) {
    setUp(u"example.org"_s);
    const QString list = write(u"list"_s, "# ours\nexample.org\n\nexample.net # not set up\n");
    const QString results = write(u"results"_s, "{\"domain\":\"example.org\",\"findings\":[]}\n{\"complete\":tr");
    const QString other =
        write(u"example.net.zone"_s, "$ORIGIN example.net.\n@ 300 SOA ns1 h 1 3600 600 86400 300\n@ 300 MX 0 .\n"
                                     "@ 300 TXT \"v=spf1 -all\"\n_dmarc 300 TXT \"v=DMARC1; p=reject\"\n");
    const QStringList command{u"--json"_s, u"--zone"_s, publishedZone(), u"--zone"_s, other, u"check"_s,
                              u"--list"_s, list,        u"--results"_s,  results};
    EXPECT_EQ(domainsIn(run(command).out), QStringList{u"example.net"_s});
    EXPECT_EQ(domainsIn(read(results)), (QStringList{u"example.net"_s, u"example.org"_s}));
    EXPECT_TRUE(run(command).out.isEmpty());
}

TEST_F(Check, asksAgainForWhatTheNetworkLost) {
    setUp(u"example.org"_s);
    const QString results = write(u"results"_s, "");
    const QStringList both{u"check"_s, u"example.org"_s, u"example.net"_s, u"--results"_s, results};
    EXPECT_EQ(run(both).status, 3) << "off line";
    const Done again = run(QStringList{u"--zone"_s, publishedZone()} + both);
    EXPECT_EQ(domainsIn(read(results)),
              (QStringList{u"example.net"_s, u"example.net"_s, u"example.org"_s, u"example.org"_s}));
    EXPECT_TRUE(again.err.contains("2 of 2 domains are checked")) << again.err.toStdString();
}

TEST_F(Check, ofAListIsLinesHoweverShortItIs) {
    setUp(u"example.org"_s);
    const QString list = write(u"list"_s, "example.org\nEXAMPLE.org.\n");
    const Done done = run({u"--json"_s, u"--zone"_s, publishedZone(), u"check"_s, u"--list"_s, list});
    EXPECT_EQ(done.out.count('\n'), 1) << done.out.toStdString();
}

TEST_F(Check, leavesAFileAloneThatIsNoResults) {
    setUp(u"example.org"_s);
    for (const QByteArray notes : {"my notes\n", "my notes", "{\"token\":1}"}) {
        const QString results = write(u"notes"_s, notes);
        const Done done = run({u"--zone"_s, publishedZone(), u"check"_s, u"example.org"_s, u"--results"_s, results});
        EXPECT_EQ(done.status, 2);
        EXPECT_EQ(read(results), notes);
    }
}

TEST_F(Check, namesTheLineOfAListThatIsNoDomainAndChecksTheOthers) {
    setUp(u"example.org"_s);
    const QString list = write(u"list"_s, "https://example.net/\nexample.org\n");
    const Done done = run({u"--json"_s, u"--zone"_s, publishedZone(), u"check"_s, u"--list"_s, list});
    EXPECT_EQ(done.status, 3);
    EXPECT_TRUE(done.err.contains("line 1")) << done.err.toStdString();
    EXPECT_EQ(domainsIn(done.out), QStringList{u"example.org"_s});
    const QString useless = write(u"useless"_s, "https://example.net/\n");
    EXPECT_EQ(run({u"check"_s, u"--list"_s, useless}).status, 2);
}

TEST_F(Check, passesOverADomainOfAListWhoseProfileIsBroken) {
    setUp(u"example.org"_s);
    write(u"data/profiles/example.net.json"_s, "nonsense");
    const QStringList some{u"--json"_s, u"--zone"_s, publishedZone(), u"check"_s, u"example.net"_s};
    EXPECT_EQ(run(some).status, 2);
    const Done done = run(some + QStringList{u"example.org"_s});
    EXPECT_EQ(done.status, 3);
    EXPECT_EQ(domainsIn(done.out), QStringList{u"example.org"_s});
}

TEST_F(Check, takesLinesOfOtherAreasForOtherResults) {
    setUp(u"example.org"_s);
    const QString results = write(u"results"_s, "");
    const QStringList command{u"--zone"_s, publishedZone(), u"check"_s, u"example.org"_s, u"--results"_s, results};
    const QStringList lessOfIt = command + QStringList{u"--only"_s, u"spf,dkim"_s};
    const auto linesAfter = [&](const QStringList& arguments) {
        (void)run(arguments);
        return read(results).count('\n');
    };
    EXPECT_EQ(linesAfter(lessOfIt), 1);
    EXPECT_EQ(linesAfter(command + QStringList{u"--only"_s, u"dkim,spf"_s}), 1);
    EXPECT_EQ(linesAfter(command), 2);
    EXPECT_EQ(linesAfter(command), 2);
}

TEST_F(Check, ofADomainThatIsNotSetUpTellsWhatAnybodyCanSee) {
    const QString zone = write(u"example.net.zone"_s,
                               "$ORIGIN example.net.\n@ 300 SOA ns1 h 1 3600 600 86400 300\n@ 300 MX 10 mail\n"
                               "mail 300 A 192.0.2.25\n@ 300 TXT \"v=spf1 mx ~all\"\n@ 300 TXT \"v=spf1 a ~all\"\n");
    const Done done = run({u"--json"_s, u"--zone"_s, zone, u"check"_s, u"example.net"_s});
    EXPECT_EQ(done.status, 1);
    EXPECT_TRUE(codes(done.object()).contains(u"spf-several"_s)) << done.out.toStdString();
}

TEST_F(Check, thatCouldNotFindOutSaysSo) {
    const Done done = runPlain({u"--data-dir"_s, path(u"data"_s), u"--resolver"_s, u"127.0.0.1@9"_s, u"--timeout"_s,
                                u"1"_s, u"--json"_s, u"check"_s, u"example.org"_s});
    EXPECT_EQ(done.status, 3);
    EXPECT_FALSE(worst(done.object(), u"unknown"_s).isEmpty());
    EXPECT_TRUE(worst(done.object(), u"error"_s).isEmpty());
}

TEST_F(Check, offLineWithoutAZoneFindsOutNothing) {
    setUp(u"example.org"_s);
    EXPECT_EQ(run({u"check"_s, u"example.org"_s}).status, 3);
}

TEST_F(Check, neverLetsARecordActOnTheTerminal) {
    const QString zone = write(u"example.net.zone"_s, "$ORIGIN example.net.\n@ 300 SOA ns1 h 1 3600 600 86400 300\n@ "
                                                      "300 TXT \"v=spf1 \\027[2J\\226\\128\\174 -all\"\n"
                                                      "_dmarc 300 TXT \"v=DMARC1; \\027]0;owned\\007=1\"\n");
    for (const QString& option : {u"--json"_s, u"--verbose"_s}) {
        const Done done = run({option, u"--zone"_s, zone, u"check"_s, u"example.net"_s});
        EXPECT_FALSE(done.out.contains('\x1b')) << done.out.toStdString();
    }
    const Done forPeople = run({u"--zone"_s, zone, u"check"_s, u"example.net"_s});
    EXPECT_FALSE(forPeople.out.contains("\xe2\x80\xae")) << forPeople.out.toStdString();
}
