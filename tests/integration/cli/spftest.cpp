#include "cli.h"

using namespace sealwright::test;
using namespace Qt::StringLiterals;

namespace {

class Spf : public Cli {
protected:
    QString zone() const {
        return write(u"example.org.zone"_s,
                     "$ORIGIN example.org.\n$TTL 300\n@ SOA ns1 hostmaster 1 3600 600 86400 300\n  NS ns1\n"
                     "  TXT \"v=spf1 include:_spf.example.org exp=why.example.org -all\"\n"
                     "_spf TXT \"v=spf1 ip4:192.0.2.0/24 ~all\"\nwhy TXT \"%{c} is none of ours\"\n"
                     "nowhere TXT \"v=spf1 a:x.example.org a:y.example.org exists:z.example.org -all\"\n"
                     "round TXT \"v=spf1 include:round.example.org -all\"\n"
                     "broken TXT \"v=spf1 ip4:nonsense -all\"\nns1 A 192.0.2.53\n");
    }
    Done evaluate(const QStringList& arguments, bool json = true) {
        const QStringList all{u"--zone"_s, zone(), u"spf"_s, u"evaluate"_s};
        return run((json ? QStringList{u"--json"_s} : QStringList{}) + all + arguments);
    }
};

} // namespace

TEST_F(Spf, saysWhoMaySendAndWhy) {
    const Done done = evaluate({u"--ip"_s, u"192.0.2.7"_s, u"--mail-from"_s, u"joe@example.org"_s}, false);
    EXPECT_EQ(done.status, 0);
    EXPECT_TRUE(done.out.startsWith("pass: ")) << done.out.toStdString();
    EXPECT_TRUE(done.out.contains("include:_spf.example.org → ip4:192.0.2.0/24 matched")) << done.out.toStdString();
}

TEST_F(Spf, takesTheSenderAsHeadersAndLogsHaveIt) {
    const Done done = evaluate({u"--ip"_s, u"192.0.2.7"_s, u"--mail-from"_s, u"<joe@example.org>"_s});
    EXPECT_EQ(done.object()[u"result"_s], u"pass"_s);
}

TEST_F(Spf, hasTheFieldsOfTheContract) {
    const Done done = evaluate({u"--ip"_s, u"198.51.100.1"_s, u"--mail-from"_s, u"joe@example.org"_s});
    EXPECT_EQ(done.status, 1);
    const QJsonObject result = done.object();
    EXPECT_EQ(result[u"result"_s], u"fail"_s);
    EXPECT_TRUE(result[u"problem"_s].isNull());
    EXPECT_EQ(result[u"explanation"_s], u"198.51.100.1 is none of ours"_s);
    EXPECT_EQ(result[u"lookups"_s].toInt(-1), 1);
    EXPECT_EQ(result[u"voidLookups"_s].toInt(-1), 0);
}

TEST_F(Spf, tellsABrokenRecordFromADnsThatDoesNotAnswer) {
    const Done broken = evaluate({u"--ip"_s, u"192.0.2.7"_s, u"--mail-from"_s, u"joe@broken.example.org"_s});
    EXPECT_EQ(broken.status, 1);
    EXPECT_EQ(broken.object()[u"result"_s], u"permerror"_s);
    EXPECT_EQ(broken.object()[u"problem"_s], u"syntax"_s);
    const Done unknown = evaluate({u"--ip"_s, u"192.0.2.7"_s, u"--mail-from"_s, u"joe@example.net"_s});
    EXPECT_EQ(unknown.status, 3);
    EXPECT_EQ(unknown.object()[u"result"_s], u"temperror"_s);
}

TEST_F(Spf, takesABounceForTheServer) {
    const Done done =
        evaluate({u"--ip"_s, u"192.0.2.7"_s, u"--mail-from"_s, u""_s, u"--helo"_s, u"_spf.example.org"_s});
    EXPECT_EQ(done.object()[u"result"_s], u"pass"_s);
}

TEST_F(Spf, refusesWhatIsNoQuestion) {
    for (const QStringList& arguments :
         {QStringList{u"--ip"_s, u"nonsense"_s, u"--mail-from"_s, u"joe@example.org"_s},
          QStringList{u"--ip"_s, u"192.0.2.7"_s, u"--mail-from"_s, u""_s}, QStringList{u"--ip"_s, u"192.0.2.7"_s}}) {
        const Done done = evaluate(arguments);
        EXPECT_EQ(done.status, 2);
        EXPECT_TRUE(done.out.isEmpty());
        EXPECT_TRUE(isClearMessage(done.err));
    }
}

TEST_F(Spf, showsWhatEachTermCosts) {
    const Done done = run({u"--json"_s, u"--zone"_s, zone(), u"spf"_s, u"show"_s, u"example.org"_s});
    EXPECT_EQ(done.status, 0) << done.err.toStdString();
    const QJsonObject result = done.object();
    EXPECT_EQ(result[u"lookups"_s].toInt(-1), 1);
    EXPECT_EQ(result[u"limit"_s].toInt(-1), 10);
    EXPECT_EQ(result[u"terms"_s].toArray().size(), 4); // the modifier exp= costs nothing and is no term to match
    EXPECT_EQ(run({u"--zone"_s, zone(), u"spf"_s, u"show"_s, u"_spf.example.org"_s}).status, 0);
}

TEST_F(Spf, showsWhatMakesReceiversGiveUp) {
    const QStringList show{u"--zone"_s, zone(), u"spf"_s, u"show"_s};
    const Done nowhere = run(show + QStringList{u"nowhere.example.org"_s});
    EXPECT_EQ(nowhere.status, 1);
    EXPECT_TRUE(nowhere.out.contains("a:x.example.org  (names what does not exist)")) << nowhere.out.toStdString();
    EXPECT_EQ(
        run(QStringList{u"--json"_s} + show + QStringList{u"nowhere.example.org"_s}).object()[u"voidLookups"_s].toInt(),
        3);
    const Done round = run(show + QStringList{u"round.example.org"_s});
    EXPECT_EQ(round.status, 1);
    EXPECT_EQ(round.out.count('\n'), 5) << round.out.toStdString();
}

TEST_F(Spf, saysWhyThereIsNothingToShow) {
    for (const QString& domain : {u"ns1.example.org"_s, u"broken.example.org"_s}) {
        const Done done = run({u"--zone"_s, zone(), u"spf"_s, u"show"_s, domain});
        EXPECT_EQ(done.status, 1) << domain.toStdString();
        EXPECT_TRUE(isClearMessage(done.err));
    }
    EXPECT_EQ(run({u"spf"_s, u"show"_s, u"example.net"_s}).status, 3);
    EXPECT_EQ(run({u"spf"_s, u"show"_s, u"joe@example.net"_s}).status, 2);
}
