#include "cli.h"
#include "dovecot.h"
#include "submissionserver.h"

#include "dkim/sign.h"
#include "support/dnsserver.h"

using namespace sealwright;
using namespace sealwright::test;
using namespace Qt::StringLiterals;

namespace {

const TestAuthority authority;

/// example.org with a key that its submission server signs with, and a mailbox at example.net.
class MessageTest : public Cli {
protected:
    void SetUp() override {
        environment_.insert(u"SEALWRIGHT_SMTP_PASSWORD"_s, QString::fromUtf8(SubmissionServer::password));
        environment_.insert(u"SEALWRIGHT_IMAP_PASSWORD"_s, QString::fromUtf8(Dovecot::password));
        dns_.data().add("s1._domainkey.example.org TXT v=DKIM1; k=ed25519; p=" + key_.publicKey());
        caFile_ = write(u"ca.pem"_s, QByteArray::fromStdString(authority.root().pem()));
        setUp(u"example.org"_s, {u"--algorithm"_s, u"ed25519"_s});
        const SecretBytes pem = key_.toPem();
        const QString file = write(u"key.pem"_s, QByteArray(pem.data(), static_cast<qsizetype>(pem.size())));
        ASSERT_EQ(run({u"key"_s, u"import"_s, u"example.org"_s, file, u"--selector"_s, u"s1"_s}).status, 0);
    }

    Done onLine(const QStringList& arguments) {
        const auto [address, port] = dns_.address();
        return runPlain(QStringList{u"--data-dir"_s, path(u"data"_s), u"--vault"_s, u"file:"_s + path(u"vault.pem"_s),
                                    u"--resolver"_s,
                                    u"%1@%2"_s.arg(QString::fromStdString(address.toString())).arg(port),
                                    u"--ca-file"_s, caFile_, u"--json"_s} +
                        arguments);
    }

    Done test(const QStringList& more = {}) {
        return onLine(QStringList{u"message"_s, u"test"_s, u"example.org"_s, u"--submission"_s,
                                  u"mail.example.org:%1"_s.arg(submission_.port()), u"--user"_s,
                                  QString::fromUtf8(SubmissionServer::user), u"--to"_s, u"me@example.net"_s} +
                      more);
    }
    Done testWithMailbox(const QStringList& more = {}) {
        return test(QStringList{u"--imap"_s, u"imap.example.net:%1"_s.arg(dovecot_.tlsPort()), u"--for"_s, u"20"_s} +
                    more);
    }

    /// The codes that the check of DKIM finds.
    QStringList dkimBoard() {
        QStringList codes;
        const Done done = onLine({u"check"_s, u"example.org"_s, u"--only"_s, u"dkim"_s});
        for (const QJsonValue& finding : done.object()[u"findings"_s].toArray()) {
            codes << finding[u"code"_s].toString();
        }
        return codes;
    }

    static QJsonObject message(const Done& done) {
        const QJsonArray messages = done.object()[u"messages"_s].toArray();
        EXPECT_EQ(messages.size(), 1) << done.err.toStdString();
        return messages[0].toObject();
    }

    const KeyPair key_ = KeyPair::generate(KeyAlgorithm::ed25519).value();
    DnsServer dns_{R"(
        example.org           SOA  ns1.example.org. hostmaster.example.org. 1 3600 600 86400 300
        example.org           NS   ns1.example.org.
        ns1.example.org       A    127.0.0.1
        mail.example.org      A    127.0.0.1
        imap.example.net      A    127.0.0.1
        example.org           TXT  v=spf1 ip4:9.9.9.9 -all
        _dmarc.example.org    TXT  v=DMARC1; p=reject
    )"};
    Dovecot dovecot_{authority.issue({{"imap.example.net"}})};
    std::function<void(const std::string&)> arrive_ = [this](const std::string& octets) {
        dovecot_.deliver(signedAndReceived(octets, key_, "example.org", "s1"));
    };
    SubmissionServer submission_{authority.issue({{"mail.example.org"}}),
                                 [this](const std::string& octets) { arrive_(octets); }};
    QString caFile_;
};

} // namespace

TEST_F(MessageTest, judgesWhatArrivesAndFeedsTheBoard) {
    EXPECT_TRUE(dkimBoard().contains(u"dkim-never-verified"_s));
    const Done done = testWithMailbox();
    ASSERT_EQ(done.status, 0) << done.err.toStdString() << done.out.toStdString();
    EXPECT_EQ(done.object()[u"from"_s], u"postmaster@example.org"_s);
    const QJsonObject result = message(done);
    EXPECT_EQ(result[u"folder"_s], u"INBOX"_s);
    EXPECT_EQ(result[u"junk"_s], false);
    EXPECT_EQ(result[u"selectors"_s].toArray(), QJsonArray{u"s1"_s});
    EXPECT_TRUE(result[u"problem"_s].isNull());
    const QJsonValue verdict = result[u"verdict"_s];
    EXPECT_EQ(verdict[u"dmarc"_s][u"result"_s], u"pass"_s);
    EXPECT_EQ(verdict[u"dmarc"_s][u"alignedBy"_s].toArray(), (QJsonArray{u"dkim"_s, u"spf"_s}));
    EXPECT_TRUE(dkimBoard().contains(u"dkim-verified-message"_s));
    for (const QString& name : everything()) {
        if (QFileInfo(path(name)).isFile()) {
            EXPECT_FALSE(read(path(name)).contains(SubmissionServer::password.data())) << name.toStdString();
        }
    }
}

TEST_F(MessageTest, saysThatItLandedInSpam) {
    arrive_ = [this](const std::string& octets) {
        dovecot_.deliverToJunk(signedAndReceived(octets, key_, "example.org", "s1"));
    };
    const Done done = testWithMailbox();
    EXPECT_EQ(done.status, 1) << done.err.toStdString();
    EXPECT_EQ(message(done)[u"junk"_s], true);
    EXPECT_EQ(message(done)[u"folder"_s], u"Unwanted"_s);
}

TEST_F(MessageTest, saysThatNobodySigned) {
    arrive_ = [this](const std::string& octets) { dovecot_.deliver(octets); };
    const Done done = testWithMailbox();
    EXPECT_EQ(done.status, 1) << done.err.toStdString();
    EXPECT_TRUE(message(done)[u"selectors"_s].toArray().isEmpty());
    EXPECT_TRUE(dkimBoard().contains(u"dkim-never-verified"_s));
}

TEST_F(MessageTest, tellsWhyNothingIsKnown) {
    arrive_ = [](const std::string&) {};
    const Done lost = testWithMailbox({u"--for"_s, u"1"_s});
    EXPECT_EQ(lost.status, 3) << lost.err.toStdString();
    EXPECT_EQ(message(lost)[u"problem"_s], u"not-arrived"_s);
    EXPECT_FALSE(message(lost)[u"messageId"_s].isNull());

    environment_.insert(u"SEALWRIGHT_SMTP_PASSWORD"_s, u"wrong"_s);
    const Done refused = testWithMailbox();
    EXPECT_EQ(refused.status, 3);
    EXPECT_EQ(message(refused)[u"problem"_s], u"login-refused"_s);
    EXPECT_EQ(message(refused)[u"said"_s], u"535 5.7.8 Wrong password"_s);
    EXPECT_TRUE(message(refused)[u"messageId"_s].isNull());
}

TEST_F(MessageTest, sendsToSeveralReceiversWithoutTheirMailboxes) {
    int count = 0;
    arrive_ = [&count](const std::string&) { ++count; };
    const Done done = test({u"--to"_s, u"me@example.com"_s, u"--from"_s, u"joe@example.org"_s});
    EXPECT_EQ(done.status, 0) << done.err.toStdString();
    EXPECT_EQ(count, 2);
    EXPECT_EQ(done.object()[u"messages"_s].toArray()[1][u"to"_s], u"me@example.com"_s);
    EXPECT_EQ(done.object()[u"from"_s], u"joe@example.org"_s);
}

TEST_F(MessageTest, refusesWrongUsage) {
    for (const QStringList& wrong :
         {QStringList{u"--imap"_s, u"imap.example.net"_s, u"--to"_s, u"me@example.com"_s},
          QStringList{u"--imap"_s, u"localhost"_s}, QStringList{u"--imap"_s, u"imap.example.net:x"_s},
          QStringList{u"--from"_s, u"joe"_s}, QStringList{u"--for"_s, u"0"_s},
          QStringList{u"--imap-user"_s, u"me"_s}}) {
        const Done done = test(wrong);
        EXPECT_EQ(done.status, 2) << wrong.join(u' ').toStdString();
        EXPECT_TRUE(isClearMessage(done.err));
    }
    environment_.remove(u"SEALWRIGHT_SMTP_PASSWORD"_s);
    const Done done = test();
    EXPECT_EQ(done.status, 2);
    EXPECT_TRUE(done.err.contains("SEALWRIGHT_SMTP_PASSWORD")) << done.err.toStdString();
}
