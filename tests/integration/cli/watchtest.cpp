#include "cli.h"

#include "support/dnsserver.h"
#include "support/ownnetwork.h"

#include <QProcess>

#include <csignal>

using namespace sealwright::test;
using namespace Qt::StringLiterals;

namespace {

constexpr std::string_view zone = "example.org 300 SOA ns1.example.org. h.example.org. 1 7200 3600 99 4\n"
                                  "example.org NS ns1.example.org.\nexample.org NS ns2.example.org.\n"
                                  "example.org MX 10 mail.example.org.\n"
                                  "mail.example.org A 192.0.2.25\nns1.example.org A 127.0.0.2\n"
                                  "ns2.example.org A 127.0.0.3\n";

/// Two name servers and a resolver, in a network of their own.
class Watch : public Cli {
protected:
    void SetUp() override {
        ASSERT_TRUE(enterOwnNetwork()) << "needs root";
        setUp(u"example.org"_s);
        for (const char* address : {"127.0.0.2", "127.0.0.3"}) {
            servers_.push_back(std::make_unique<DnsServer>(zone, address, 53));
        }
        resolver_ = std::make_unique<DnsServer>(zone);
        anchor_ = write(u"anchor"_s, "signed.invalid. IN DS 12345 13 2 " + QByteArray(64, '0') + "\n");
        const Done records = run({u"records"_s, u"example.org"_s, u"--format"_s, u"json"_s});
        records_ = records.object()[u"records"_s].toArray();
        ASSERT_FALSE(records_.isEmpty());
    }

    void publishAt(DnsServer& server) const {
        for (const QJsonValue& record : records_) {
            const auto type = sealwright::recordTypeFromString(record[u"type"_s].toString().toStdString());
            const auto name = record[u"name"_s].toString().toStdString();
            if (type != sealwright::RecordType::txt) {
                continue;
            }
            server.data().remove(name, *type);
            server.data().add(sealwright::ResourceRecord{dnsName(name), *type, std::chrono::seconds(300),
                                                         record[u"value"_s].toString().toStdString()});
        }
    }

    [[nodiscard]] QStringList arguments(const QStringList& more) const {
        return QStringList{u"--data-dir"_s,     path(u"data"_s),
                           u"--vault"_s,        u"file:"_s + path(u"vault.pem"_s),
                           u"--resolver"_s,     u"127.0.0.1@%1"_s.arg(resolver_->address().port),
                           u"--trust-anchor"_s, anchor_,
                           u"--timeout"_s,      u"2"_s,
                           u"watch"_s,          u"example.org"_s,
                           u"--interval"_s,     u"1"_s} +
               more;
    }

    std::unique_ptr<QProcess> start(const QStringList& more) const {
        auto process = std::make_unique<QProcess>();
        process->setProcessEnvironment(environment_);
        process->start(QStringLiteral(SEALWRIGHT_CLI), arguments(more));
        return process;
    }

    /// Everything on stdout up to a line with these words.
    static QByteArray readUntil(QProcess& process, const QByteArray& words) {
        QByteArray read;
        while (!read.contains(words) && process.waitForReadyRead(30'000)) {
            read += process.readAllStandardOutput();
        }
        return read;
    }

    std::vector<std::unique_ptr<DnsServer>> servers_;
    std::unique_ptr<DnsServer> resolver_;
    QString anchor_;
    QJsonArray records_;
};

} // namespace

TEST_F(Watch, tellsServerByServerUntilAllIsPublished) {
    const auto process = start({u"--json"_s});
    const QByteArray first = "\"server\":\"ns1.example.org\",\"state\":\"missing\"";
    QByteArray read = readUntil(*process, first); // the other may be told before it
    EXPECT_TRUE(read.contains(first)) << read.toStdString();
    publishAt(*servers_[0]);
    read += readUntil(*process, "\"present\",\"time\"");
    publishAt(*servers_[1]);
    read += readUntil(*process, "\"expected\"");
    EXPECT_TRUE(read.contains("\"by\":\"20")) << read.toStdString();
    publishAt(*resolver_);
    ASSERT_TRUE(process->waitForFinished(30'000))
        << read.toStdString() << process->readAllStandardOutput().toStdString();
    read += process->readAllStandardOutput();
    EXPECT_EQ(process->exitCode(), 0) << read.toStdString() << process->readAllStandardError().toStdString();
    const QList<QByteArray> lines = read.trimmed().split('\n');
    for (const QByteArray& line : lines) {
        EXPECT_TRUE(QJsonDocument::fromJson(line).isObject()) << line.toStdString();
    }
    EXPECT_EQ(QJsonDocument::fromJson(lines.last())[u"published"_s], true);
}

TEST_F(Watch, saysWhatIsMissingWhenTheTimeIsOver) {
    publishAt(*servers_[0]);
    const Done done = runPlain(arguments({u"--for"_s, u"1"_s}));
    EXPECT_EQ(done.status, 1) << done.err.toStdString();
    EXPECT_TRUE(done.out.contains("at the name servers: 1 of 2")) << done.out.toStdString();
}

TEST_F(Watch, cannotTellWithoutANetwork) {
    servers_.clear();
    resolver_.reset();
    resolver_ = std::make_unique<DnsServer>();
    resolver_->data().fail("example.org", sealwright::AnswerStatus::timedOut);
    for (const char* name : {"_dmarc.example.org", "mail.example.org", "org"}) {
        resolver_->data().fail(name, sealwright::AnswerStatus::timedOut);
    }
    const Done done = runPlain(arguments({u"--for"_s, u"1"_s}));
    EXPECT_EQ(done.status, 3) << done.out.toStdString();
    EXPECT_TRUE(done.err.contains("No network at the moment")) << done.err.toStdString();
}

TEST_F(Watch, doesNotWaitForNothing) {
    const QString zone = write(u"zone"_s, "$ORIGIN example.org.\n@ 300 SOA ns1 h 1 3600 600 86400 300\n");
    for (const QStringList& nobody : {QStringList{u"--offline"_s}, QStringList{u"--zone"_s, zone}}) {
        const Done done = runPlain(arguments(nobody));
        EXPECT_EQ(done.status, 2) << done.err.toStdString();
        EXPECT_TRUE(done.err.contains("nothing to wait for")) << done.err.toStdString();
    }
}

TEST_F(Watch, endsAtOnceOnInterrupt) {
    const auto process = start({});
    readUntil(*process, "not there yet");
    kill(static_cast<pid_t>(process->processId()), SIGINT);
    ASSERT_TRUE(process->waitForFinished(10'000));
    EXPECT_EQ(process->exitCode(), 3);
}
