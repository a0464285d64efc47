#include "cli.h"

using namespace sealwright::test;
using namespace Qt::StringLiterals;

namespace {

class Message : public Cli {
protected:
    static QString sample(const QString& name) { return QStringLiteral(SEALWRIGHT_TEST_DATA "/dkim/") + name; }

    /// The DNS of the messages of RFC 6376 and RFC 8463.
    QString zone() {
        QByteArray lines =
            "$ORIGIN com.\n$TTL 300\n@ SOA ns1.example hostmaster 1 3600 600 86400 300\n  NS ns1.example\n"
            "ns1.example A 192.0.2.53\nexample TXT \"v=spf1 ip4:192.0.2.0/24 -all\"\n"
            "_dmarc.example TXT \"v=DMARC1; p=reject\"\n";
        for (const QByteArray& line : read(sample(u"dkim_verifier-keys.tsv"_s)).split('\n')) {
            const auto words = line.split('\t');
            if (words.size() == 2 && words[0].endsWith(".com") && words[1].startsWith("v=")) {
                lines += words[0] + ". TXT";
                for (qsizetype at = 0; at < words[1].size(); at += 200) {
                    lines += " \"" + words[1].mid(at, 200) + "\"";
                }
                lines += '\n';
            }
        }
        return write(u"com.zone"_s, lines);
    }
    Done verify(const QString& file, const QStringList& more = {}, const QByteArray& input = {}) {
        return run(QStringList{u"--json"_s, u"--zone"_s, zone(), u"message"_s, u"verify"_s, file} + more, input);
    }
};

} // namespace

TEST_F(Message, hasTheFieldsOfTheContract) {
    const Done done = verify(sample(u"dkim_verifier/rfc8463-A.3.eml"_s),
                             {u"--client-ip"_s, u"192.0.2.1"_s, u"--mail-from"_s, u"joe@example.com"_s});
    const QJsonObject result = done.object();
    const QJsonArray dkim = result[u"dkim"_s].toArray();
    ASSERT_EQ(dkim.size(), 2);
    for (const QJsonValue& signature : dkim) {
        EXPECT_EQ(signature[u"result"_s], u"pass"_s);
        EXPECT_EQ(signature[u"domain"_s], u"football.example.com"_s);
        EXPECT_TRUE(signature[u"problem"_s].isNull());
    }
    EXPECT_EQ(dkim[0][u"algorithm"_s], u"ed25519-sha256"_s);
    EXPECT_EQ(dkim[1][u"selector"_s], u"test"_s);
    EXPECT_EQ(result[u"spf"_s][u"result"_s], u"pass"_s);
    const QJsonObject dmarc = result[u"dmarc"_s].toObject();
    EXPECT_EQ(dmarc[u"result"_s], u"pass"_s);
    EXPECT_EQ(dmarc[u"domain"_s], u"football.example.com"_s);
    EXPECT_EQ(dmarc[u"policyDomain"_s], u"example.com"_s);
    EXPECT_EQ(dmarc[u"policy"_s], u"reject"_s);
    EXPECT_EQ(dmarc[u"alignedBy"_s].toArray(), (QJsonArray{u"dkim"_s, u"spf"_s}));
    EXPECT_EQ(done.status, 0);
}

// RFC 8463 appendix A: the key and the message.
TEST_F(Message, thatWasReceivedShowsThatAKeyIsUsed) {
    const QString key = write(u"brisbane.pem"_s, "-----BEGIN PRIVATE KEY-----\n"
                                                 "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
                                                 "-----END PRIVATE KEY-----\n");
    setUp(u"football.example.com"_s);
    ASSERT_EQ(run({u"key"_s, u"import"_s, u"football.example.com"_s, key, u"--selector"_s, u"brisbane"_s}).status, 0);
    const QByteArray message = read(sample(u"dkim_verifier/rfc8463-A.3.eml"_s));
    const auto board = [this] { return read(path(u"data/profiles/football.example.com.json"_s)); };
    const QByteArray before = board();
    EXPECT_EQ(verify(u"-"_s, {}, message).object()[u"dkim"_s].toArray().size(), 2);
    EXPECT_EQ(board(), before) << "it went through nobody's hands";
    const QByteArray trace = "Return-Path: <joe@football.example.com>\r\nReceived: from a.example (a.example "
                             "[9.9.9.9]) by mx.example.net; Fri, 11 Jul 2003 21:00:38 -0700\r\n";
    EXPECT_EQ(verify(u"-"_s, {}, trace + message).object()[u"dkim"_s].toArray().size(), 2);
    EXPECT_TRUE(board().contains("\"example.net\"")) << board().toStdString();
}

TEST_F(Message, saysWhatIsWrong) {
    const Done done = verify(sample(u"dkim_verifier/rfc6376-A.2-body_modified.eml"_s));
    EXPECT_EQ(done.status, 1);
    const QJsonObject result = done.object();
    EXPECT_EQ(result[u"dkim"_s].toArray()[0][u"problem"_s], u"bodyHash"_s);
    EXPECT_TRUE(result[u"spf"_s].isNull());
    EXPECT_EQ(result[u"dmarc"_s][u"result"_s], u"fail"_s);
    const Done words =
        run({u"--zone"_s, zone(), u"message"_s, u"verify"_s, sample(u"dkim_verifier/rfc6376-A.2-body_modified.eml"_s)});
    EXPECT_TRUE(words.out.contains("The body is not the one that was signed")) << words.out.toStdString();
}

TEST_F(Message, judgesSpfByWhatTheReceiverNotedAndShowsItsOwnWordBesideOurs) {
    const QByteArray mail = "Return-Path: <joe@example.com>\n"
                            "Received: from mail.example.com (mail.example.com [8.8.8.8]) by mx.example.net; x\n"
                            "Authentication-Results: mx.example.net; spf=pass smtp.mailfrom=example.com; dkim=none\n"
                            "From: Joe <joe@example.com>\nSubject: x\n\nbody\n";
    const Done done = verify(u"-"_s, {}, mail);
    const QJsonObject result = done.object();
    EXPECT_EQ(result[u"spf"_s][u"result"_s], u"fail"_s);
    EXPECT_EQ(result[u"envelope"_s][u"client"_s], u"8.8.8.8"_s);
    EXPECT_EQ(result[u"envelope"_s][u"notedBy"_s], u"mx.example.net"_s);
    const QJsonArray said = result[u"authenticationResults"_s].toArray();
    ASSERT_EQ(said.size(), 2);
    EXPECT_EQ(said[0][u"comparison"_s], u"dns-changed"_s);
    EXPECT_EQ(said[1][u"comparison"_s], u"same"_s);
    EXPECT_EQ(result[u"dmarc"_s][u"rfc7489"_s][u"result"_s], u"fail"_s);
    EXPECT_EQ(result[u"source"_s].toArray(), QJsonArray{u"bare-line-feeds"_s});
}

TEST_F(Message, showsWhatWasChangedSinceItWasSent) {
    const QString sent = sample(u"dkim_verifier/rfc6376-A.2.eml"_s);
    const QString received =
        write(u"received.eml"_s, read(sent).replace("Is dinner", "[list] Is dinner") + "-- \nfooter\n");
    const Done done = verify(received, {u"--original"_s, sent});
    EXPECT_EQ(done.status, 1);
    const QJsonArray changes = done.object()[u"changes"_s].toArray();
    ASSERT_EQ(changes.size(), 2) << done.out.toStdString();
    EXPECT_EQ(changes[0][u"change"_s], u"field-changed"_s);
    EXPECT_EQ(changes[0][u"after"_s], u"[list] Is dinner ready?"_s);
    EXPECT_EQ(changes[1][u"change"_s], u"body-appended"_s);
    const Done words = run({u"--zone"_s, zone(), u"message"_s, u"verify"_s, received, u"--original"_s, sent});
    EXPECT_TRUE(words.out.contains("+ footer")) << words.out.toStdString();
    EXPECT_EQ(verify(received, {u"--original"_s, path(u"absent"_s)}).status, 2);
    EXPECT_EQ(verify(u"-"_s, {u"--original"_s, sent}, "From: a@example.com\n\n").status, 2);
}

TEST_F(Message, readsStandardInputAndTellsBounces) {
    const Done done = verify(u"-"_s, {u"--client-ip"_s, u"192.0.2.1"_s, u"--helo"_s, u"example.com"_s},
                             "From: Joe <joe@example.com>\nSubject: x\n\nbody\n");
    EXPECT_EQ(done.status, 0) << done.err.toStdString();
    EXPECT_TRUE(done.object()[u"dkim"_s].toArray().isEmpty());
    EXPECT_EQ(done.object()[u"dmarc"_s][u"alignedBy"_s].toArray(), QJsonArray{u"spf"_s});
}

TEST_F(Message, leavesNothingUnusedThatWasGiven) {
    const Done done = run({u"message"_s, u"verify"_s, u"--mail-from"_s, u"joe@example.org"_s, u"-"_s}, "From: a@b\n\n");
    EXPECT_EQ(done.status, 2);
    EXPECT_TRUE(done.err.contains("--client-ip")) << done.err.toStdString();
}

TEST_F(Message, judgesNoAuthorWhereThereIsNotExactlyOne) {
    for (const char* head : {"Subject: x\n", "From: a@example.com\nFrom: b@example.com\n",
                             "From: a@example.com, b@c.com\n", "From: Joe\n", "From:\n", "From: a@[192.0.2.1]\n"}) {
        const Done done = verify(u"-"_s, {}, QByteArray(head) + "\nbody\n");
        EXPECT_EQ(done.status, 1) << head;
        EXPECT_EQ(done.object()[u"dmarc"_s][u"result"_s], u"permerror"_s) << head;
    }
}

TEST_F(Message, refusesWhatIsNoMail) {
    const QByteArray huge(6 * 1024 * 1024, 'x');
    for (const QByteArray& input : {QByteArray(), QByteArray("\n\n"), QByteArray("\0\1\2", 3), huge, "a: " + huge}) {
        const Done done = verify(u"-"_s, {}, input);
        EXPECT_EQ(done.status, 2) << input.left(10).toStdString();
        EXPECT_TRUE(isClearMessage(done.err));
    }
    EXPECT_EQ(verify(path(u"absent.eml"_s)).status, 2);
    EXPECT_EQ(verify(path(u"."_s)).status, 2);
    EXPECT_EQ(verify(u"-"_s, {u"--client-ip"_s, u"x"_s}, "From: a@example.com\n\n").status, 2);
}
