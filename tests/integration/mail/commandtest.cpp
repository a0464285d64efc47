#include "messagefixture.h"

#include <csignal>
#include <thread>

using namespace sealwright;
using namespace sealwright::test;
using namespace Qt::StringLiterals;

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

TEST_F(MessageTest, looksAgainForWhatWasLate) {
    std::string sent;
    arrive_ = [&sent](const std::string& octets) { sent = octets; };
    const Done late = testWithMailbox({u"--for"_s, u"1"_s});
    ASSERT_EQ(message(late)[u"problem"_s], u"not-arrived"_s);
    const QString id = message(late)[u"messageId"_s].toString();
    const QStringList again{u"message"_s,        u"test"_s,   u"example.org"_s,
                            u"--again"_s,        id,          u"--to"_s,
                            u"me@example.net"_s, u"--imap"_s, u"imap.example.net:%1"_s.arg(dovecot_.tlsPort()),
                            u"--for"_s,          u"1"_s};
    EXPECT_EQ(message(onLine(again))[u"problem"_s], u"not-arrived"_s);
    dovecot_.deliver(signedAndReceived(sent, key_, "example.org", "s1"));
    sent.clear();
    const Done done = onLine(again);
    EXPECT_EQ(done.status, 0) << done.err.toStdString() << done.out.toStdString();
    EXPECT_EQ(message(done)[u"messageId"_s], id);
    EXPECT_EQ(message(done)[u"folder"_s], u"INBOX"_s);
    EXPECT_TRUE(message(done)[u"seconds"_s].isNull());
    EXPECT_EQ(message(done)[u"verdict"_s][u"dmarc"_s][u"result"_s], u"pass"_s);
    EXPECT_TRUE(sent.empty());
    EXPECT_TRUE(dkimBoard().contains(u"dkim-verified-message"_s));
}

TEST_F(MessageTest, sendsNothingWhereTheMailboxCannotBeRead) {
    int count = 0;
    arrive_ = [&count](const std::string&) { ++count; };
    environment_.insert(u"SEALWRIGHT_IMAP_PASSWORD"_s, u"wrong"_s);
    const Done done = testWithMailbox();
    EXPECT_EQ(done.status, 3) << done.err.toStdString();
    EXPECT_EQ(message(done)[u"problem"_s], u"login-refused"_s);
    EXPECT_EQ(message(done)[u"problemAt"_s], u"mailbox"_s);
    environment_.insert(u"SEALWRIGHT_IMAP_PASSWORD"_s, QString::fromUtf8(Dovecot::password));
    EXPECT_EQ(message(testWithMailbox({u"--folder"_s, u"Absent"_s}))[u"problem"_s], u"folder-missing"_s);
    EXPECT_EQ(count, 0);
}

TEST_F(MessageTest, printsWhatIsKnownWhenItIsStopped) {
    int count = 0;
    arrive_ = [&](const std::string&) {
        if (++count == 2) {
            kill(static_cast<pid_t>(running_.load()), SIGINT);
            std::this_thread::sleep_for(std::chrono::seconds(1)); // Its answer does not come before that.
        }
    };
    const Done done = test({u"--to"_s, u"me@example.com"_s, u"--to"_s, u"me@example.edu"_s});
    EXPECT_EQ(done.status, 3) << done.err.toStdString();
    EXPECT_EQ(count, 2);
    const QJsonArray messages = done.object()[u"messages"_s].toArray();
    ASSERT_EQ(messages.size(), 2);
    EXPECT_TRUE(messages[0][u"problem"_s].isNull());
    EXPECT_TRUE(messages[0][u"messageId"_s].isString());
    EXPECT_EQ(messages[1][u"to"_s], u"me@example.com"_s);
    EXPECT_EQ(messages[1][u"problem"_s], u"cancelled"_s);
}

TEST_F(MessageTest, refusesWrongUsage) {
    for (const QStringList& wrong :
         {QStringList{u"--imap"_s, u"imap.example.net"_s, u"--to"_s, u"me@example.com"_s},
          QStringList{u"--imap"_s, u"localhost"_s}, QStringList{u"--imap"_s, u"imap.example.net:x"_s},
          QStringList{u"--from"_s, u"joe"_s}, QStringList{u"--for"_s, u"0"_s}, QStringList{u"--imap-user"_s, u"me"_s},
          QStringList{u"--again"_s, u"<sealwright.abcdefghijkmnpqr@example.org>"_s},
          QStringList{u"--imap"_s, u"imap.example.net"_s, u"--again"_s, u"<x@example.org>"_s}}) {
        const Done done = test(wrong);
        EXPECT_EQ(done.status, 2) << wrong.join(u' ').toStdString();
        EXPECT_TRUE(isClearMessage(done.err));
    }
    const Done nowhere = onLine({u"message"_s, u"test"_s, u"example.org"_s, u"--to"_s, u"me@example.net"_s});
    EXPECT_EQ(nowhere.status, 2);
    EXPECT_TRUE(nowhere.err.contains("--submission")) << nowhere.err.toStdString();
    environment_.remove(u"SEALWRIGHT_SMTP_PASSWORD"_s);
    const Done done = test();
    EXPECT_EQ(done.status, 2);
    EXPECT_TRUE(done.err.contains("SEALWRIGHT_SMTP_PASSWORD")) << done.err.toStdString();
}
