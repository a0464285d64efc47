#pragma once

#include "cli.h"
#include "dovecot.h"
#include "submissionserver.h"

#include "dkim/sign.h"
#include "support/dnsserver.h"

namespace sealwright::test {

using namespace Qt::StringLiterals;

inline const TestAuthority authority;

/// example.org with a key that its submission server signs with, and a mailbox at example.net.
class MessageTest : public Cli {
protected:
    void SetUp() override {
        setVariables();
        dns_.data().add("s1._domainkey.example.org TXT v=DKIM1; k=ed25519; p=" + key_.publicKey());
        caFile_ = write(u"ca.pem"_s, QByteArray::fromStdString(authority.root().pem()));
        setUp(u"example.org"_s, {u"--algorithm"_s, u"ed25519"_s});
        const SecretBytes pem = key_.toPem();
        const QString file = write(u"key.pem"_s, QByteArray(pem.data(), static_cast<qsizetype>(pem.size())));
        ASSERT_EQ(run({u"key"_s, u"import"_s, u"example.org"_s, file, u"--selector"_s, u"s1"_s}).status, 0);
    }

    void setVariables() {
        environment_.insert(u"SEALWRIGHT_SMTP_PASSWORD"_s, QString::fromUtf8(SubmissionServer::password));
        environment_.insert(u"SEALWRIGHT_IMAP_PASSWORD"_s, QString::fromUtf8(Dovecot::password));
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

} // namespace sealwright::test
