#include "cli.h"

#include "support/knotserver.h"

#include <fstream>

using namespace sealwright::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray zone = "$ORIGIN example.org.\n$TTL 300\n@ SOA ns1 hostmaster 1 3600 600 86400 300\n  NS ns1\n"
                        "ns1 A 192.0.2.53\nmail A 192.0.2.25\n@ MX 10 mail\n"
                        "@ TXT \"v=spf1 \" \"a \" \"~all\"\n@ TXT \"site; \\\"quoted\\\" \\255\"\n";

class Nsupdate : public Cli {
protected:
    void SetUp() override {
        setUp(u"example.org"_s);
        read_ = write(u"example.org.zone"_s, zone);
        served_ = write(u"served.zone"_s, zone);
        server_ =
            std::make_unique<KnotServer>(std::vector<KnotServer::Zone>{{"example.org", served_.toStdString(), true}});
    }

    [[nodiscard]] std::string port() const { return std::to_string(server_->address().port); }

    /// The script for what the file of that zone says.
    QString script() {
        const Done done = run({u"records"_s, u"example.org"_s, u"--format"_s, u"nsupdate"_s, u"--zone"_s, read_,
                               u"--server"_s, u"127.0.0.1@%1"_s.arg(QString::fromStdString(port()))});
        EXPECT_EQ(done.status, 0) << done.err.toStdString();
        return write(u"script"_s, done.out);
    }

    [[nodiscard]] std::string ask(const std::string& name) const {
        return sealwright::test::run({"dig", "+short", "+tries=1", "-p", port(), "@127.0.0.1", name, "TXT"}).output;
    }

    static ProgramResult update(const QString& script) {
        return sealwright::test::run({"nsupdate", "-t", "5", script.toStdString()});
    }

    QString read_, served_;
    std::unique_ptr<KnotServer> server_;
};

} // namespace

TEST_F(Nsupdate, bringsTheRecordsAboutAndLeavesTheOthers) {
    const QString first = script();
    const ProgramResult done = update(first);
    ASSERT_EQ(done.status, 0) << done.output << read(first).toStdString();
    const std::string texts = ask("example.org");
    EXPECT_NE(texts.find("\"v=spf1 a mx"), std::string::npos) << texts << read(first).toStdString();
    EXPECT_EQ(texts.find("\"v=spf1 \""), std::string::npos) << texts;
    EXPECT_NE(texts.find("\"site; \\\"quoted\\\" \\255\""), std::string::npos) << texts;
    EXPECT_NE(ask("_dmarc.example.org").find("\"v=DMARC1;"), std::string::npos);

    read_ = served_; // Knot has written what it took over.
    EXPECT_EQ(read(script()).trimmed(), QByteArray()) << "nothing is left to be done";
}

TEST_F(Nsupdate, overwritesNothingThatChangedMeanwhile) {
    const QString first = script();
    const QString other = write(u"other"_s, u"server 127.0.0.1 %1\nzone example.org.\nupdate add example.org. 300 TXT "
                                            "\"somebody else's\"\nsend\n"_s.arg(QString::fromStdString(port()))
                                                .toUtf8());
    ASSERT_EQ(update(other).status, 0);
    const std::string before = ask("example.org");
    EXPECT_NE(update(first).status, 0);
    EXPECT_EQ(ask("example.org").size(), before.size());
    EXPECT_EQ(ask("_dmarc.example.org"), "") << "all or nothing";
}
