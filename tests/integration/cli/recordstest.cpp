#include "cli.h"

using namespace sealwright::test;
using namespace Qt::StringLiterals;

namespace {

class Records : public Cli {
protected:
    QJsonObject json(const QStringList& more = {}) {
        const Done done = run(QStringList{u"records"_s, u"example.org"_s, u"--format"_s, u"json"_s} + more);
        EXPECT_EQ(done.status, 0) << done.err.toStdString();
        return done.object();
    }
};

// A zone of its own file, with these records beside its SOA.
QByteArray zoneWith(const QByteArray& records) {
    return "$ORIGIN example.org.\n$TTL 300\n@ SOA ns1 hostmaster 1 3600 600 86400 300\n  NS ns1\nns1 A 192.0.2.53\n"
           "mail A 192.0.2.25\n" +
           records;
}

} // namespace

TEST_F(Records, haveTheFieldsOfTheContract) {
    setUp(u"example.org"_s);
    const QJsonObject result = json();
    EXPECT_EQ(result[u"domain"_s], u"example.org"_s);
    const QJsonArray records = result[u"records"_s].toArray();
    ASSERT_FALSE(records.isEmpty());
    for (const QJsonValue& record : records) {
        EXPECT_TRUE(record[u"name"_s].isString());
        EXPECT_TRUE(record[u"type"_s].isString());
        EXPECT_EQ(record[u"ttl"_s], 300);
        EXPECT_TRUE(record[u"value"_s].isString());
        EXPECT_TRUE(record[u"strings"_s].isArray());
        EXPECT_EQ(record[u"state"_s], u"wanted"_s); // off line nobody was asked
        EXPECT_TRUE(record[u"purpose"_s].isString());
    }
}

TEST_F(Records, splitLongTextsAsTheyArePublished) {
    setUp(u"example.org"_s);
    const QJsonObject key = recordFor(json()[u"records"_s].toArray(), u"dkim"_s);
    EXPECT_EQ(key[u"name"_s], u"s2026._domainkey.example.org"_s);
    EXPECT_EQ(key[u"type"_s], u"TXT"_s);
    QString joined;
    for (const QJsonValue& part : key[u"strings"_s].toArray()) {
        EXPECT_LE(part.toString().size(), 255);
        joined += part.toString();
    }
    EXPECT_EQ(key[u"strings"_s].toArray().size(), 2);
    EXPECT_EQ(joined, key[u"value"_s].toString());
}

TEST_F(Records, areTheSameByTheGlobalOptionAndByTheFormat) {
    setUp(u"example.org"_s);
    EXPECT_EQ(run({u"--json"_s, u"records"_s, u"example.org"_s}).object(), json());
    EXPECT_EQ(run({u"records"_s, u"example.org"_s, u"--json"_s}).object(), json());
}

TEST_F(Records, tellWhatIsPublished) {
    setUp(u"example.org"_s);
    const QByteArray wanted = run({u"records"_s, u"example.org"_s, u"--format"_s, u"zone"_s}).out;
    const auto stateOf = [&](const QByteArray& records, const QString& purpose) {
        const QString zone = write(u"example.org.zone"_s, zoneWith(records));
        return recordFor(json({u"--zone"_s, zone})[u"records"_s].toArray(), purpose)[u"state"_s].toString();
    };
    EXPECT_EQ(stateOf("@ MX 10 mail\n" + wanted, u"dkim"_s), u"present"_s);
    EXPECT_EQ(stateOf("@ MX 10 mail\n" + wanted, u"spf"_s), u"present"_s);
    EXPECT_EQ(stateOf("@ MX 10 mail\n" + wanted, u"dmarc"_s), u"present"_s);
    EXPECT_EQ(stateOf({}, u"dkim"_s), u"missing"_s);
    EXPECT_EQ(stateOf("s2026._domainkey TXT \"v=DKIM1; p=\"\n", u"dkim"_s), u"differs"_s);
    EXPECT_EQ(stateOf("@ TXT \"v=spf1 ip4:192.0.2.1 -all\"\n", u"spf"_s), u"differs"_s);
}

TEST_F(Records, keepEveryTermOfThePublishedSpf) {
    setUp(u"example.org"_s);
    const QString zone =
        write(u"example.org.zone"_s,
              zoneWith("@ MX 10 mail\n@ TXT \"v=spf1 ip4:192.0.2.77 include:_spf.example.net -all\"\n"));
    const QString merged =
        recordFor(json({u"--zone"_s, zone})[u"records"_s].toArray(), u"spf"_s)[u"value"_s].toString();
    EXPECT_EQ(merged, u"v=spf1 ip4:192.0.2.77 include:_spf.example.net mx -all"_s);
}

TEST_F(Records, areListedAsTheFieldsOfAProvidersForm) {
    setUp(u"example.org"_s);
    const Done done = run({u"records"_s, u"example.org"_s, u"--format"_s, u"fields"_s});
    ASSERT_EQ(done.status, 0) << done.err.toStdString();
    EXPECT_TRUE(done.out.contains("s2026._domainkey\n")) << done.out.toStdString();
    EXPECT_FALSE(done.out.contains('"')) << done.out.toStdString();
}

TEST_F(Records, ofANameThatNeverSendsSayThat) {
    ASSERT_EQ(run({u"domain"_s, u"add"_s, u"example.org"_s, u"--never-sends"_s}).status, 0);
    const QJsonArray records = json()[u"records"_s].toArray();
    EXPECT_EQ(recordFor(records, u"spf"_s)[u"value"_s], u"v=spf1 -all"_s);
    EXPECT_EQ(recordFor(records, u"null-mx"_s)[u"value"_s], u"0 ."_s);
    EXPECT_EQ(recordFor(records, u"dmarc"_s)[u"value"_s], u"v=DMARC1; p=reject"_s);
}

TEST_F(Records, thatTheDnsDidNotTellOfAreUnknown) {
    setUp(u"example.org"_s);
    // Nobody listens on that port of loopback.
    const Done done = runPlain({u"--data-dir"_s, path(u"data"_s), u"--resolver"_s, u"127.0.0.1@9"_s, u"--timeout"_s,
                                u"1"_s, u"--json"_s, u"records"_s, u"example.org"_s});
    EXPECT_EQ(done.status, 3);
    EXPECT_EQ(recordFor(done.object()[u"records"_s].toArray(), u"spf"_s)[u"state"_s], u"unknown"_s);
    EXPECT_TRUE(isClearMessage(done.err));
}
