#include "cli.h"

using namespace sealwright::test;
using namespace Qt::StringLiterals;

namespace {

class Dmarc : public Cli {
protected:
    Done discover(const QString& domain, bool json = true) {
        const QString zone =
            write(u"com.zone"_s, "$ORIGIN com.\n$TTL 300\n@ SOA ns1.example hostmaster 1 3600 600 86400 300\n"
                                 "  NS ns1.example\nns1.example A 192.0.2.53\nexample TXT \"x\"\nother TXT \"x\"\n"
                                 "news.example A 192.0.2.1\n"
                                 "_dmarc.example TXT \"v=DMARC1; p=none; sp=quarantine; np=reject\"\n"
                                 "broken TXT \"x\"\n_dmarc.broken TXT \"v=DMARC1; p=foo\"\n"
                                 "odd TXT \"x\"\n_dmarc.odd TXT \"v=DMARC1; p=none; adkim=strict\"\n");
        return run((json ? QStringList{u"--json"_s} : QStringList{}) +
                   QStringList{u"--zone"_s, zone, u"dmarc"_s, u"discover"_s, domain});
    }
};

} // namespace

TEST_F(Dmarc, hasTheFieldsOfTheContract) {
    const Done done = discover(u"news.example.com"_s);
    EXPECT_EQ(done.status, 0) << done.err.toStdString();
    const QJsonObject result = done.object();
    EXPECT_EQ(result[u"domain"_s], u"news.example.com"_s);
    EXPECT_EQ(result[u"policyDomain"_s], u"example.com"_s);
    EXPECT_EQ(result[u"organizationalDomain"_s], u"example.com"_s);
    EXPECT_EQ(result[u"record"_s], u"v=DMARC1; p=none; sp=quarantine; np=reject"_s);
    EXPECT_EQ(result[u"policy"_s], u"quarantine"_s);
    const QJsonArray queries{u"_dmarc.news.example.com"_s, u"_dmarc.example.com"_s, u"_dmarc.com"_s};
    EXPECT_EQ(result[u"queries"_s].toArray(), queries);
}

TEST_F(Dmarc, tellsANameThatDoesNotExistFromOneThatDoes) {
    EXPECT_EQ(discover(u"gone.example.com"_s).object()[u"policy"_s], u"reject"_s);
}

TEST_F(Dmarc, tellsWhatOlderReceiversDoAndTheRecordForBoth) {
    const QJsonObject result = discover(u"gone.example.com"_s).object();
    EXPECT_EQ(result[u"rfc7489"_s][u"policyDomain"_s], u"example.com"_s);
    EXPECT_EQ(result[u"rfc7489"_s][u"policy"_s], u"quarantine"_s);
    EXPECT_EQ(result[u"differences"_s].toArray(), QJsonArray{u"nonexistent"_s});
    EXPECT_EQ(result[u"recordForBoth"_s], u"v=DMARC1; p=reject; sp=quarantine"_s);
    const Done words = discover(u"gone.example.com"_s, false);
    EXPECT_TRUE(words.out.contains("v=DMARC1; p=reject; sp=quarantine")) << words.out.toStdString();
    EXPECT_TRUE(discover(u"news.example.com"_s).object()[u"recordForBoth"_s].isNull());
}

TEST_F(Dmarc, saysWhereToPublishWhatIsMissing) {
    const Done done = discover(u"other.com"_s, false);
    EXPECT_EQ(done.status, 1);
    EXPECT_TRUE(done.out.contains("_dmarc.other.com")) << done.out.toStdString();
    const QJsonObject result = discover(u"other.com"_s).object();
    EXPECT_TRUE(result[u"policyDomain"_s].isNull());
    EXPECT_TRUE(result[u"policy"_s].isNull());
}

TEST_F(Dmarc, saysWhatIsWrongWithARecordInsteadOfCallingItMissing) {
    const Done done = discover(u"broken.com"_s, false);
    EXPECT_EQ(done.status, 1);
    EXPECT_TRUE(done.out.contains("Correct it: v=DMARC1; p=foo")) << done.out.toStdString();
    EXPECT_FALSE(done.out.contains("Publish one")) << done.out.toStdString();
    const QJsonArray unusable = discover(u"broken.com"_s).object()[u"unusable"_s].toArray();
    ASSERT_EQ(unusable.size(), 1);
    EXPECT_EQ(unusable[0][u"problem"_s], u"no-policy"_s);
    EXPECT_EQ(discover(u"odd.com"_s).object()[u"ignored"_s].toArray(), QJsonArray{u"adkim=strict"_s});
}

TEST_F(Dmarc, judgesNothingThatItCouldNotAskFor) {
    const Done done = discover(u"example.net"_s);
    EXPECT_EQ(done.status, 3);
    EXPECT_TRUE(done.out.isEmpty());
    EXPECT_TRUE(isClearMessage(done.err));
    EXPECT_EQ(discover(u"joe@example.com"_s).status, 2);
}
