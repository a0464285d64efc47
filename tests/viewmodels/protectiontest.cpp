#include "viewmodels/protectionviewmodel.h"

#include "support/madecertificate.h"
#include "wizardfixture.h"

#include "tls/certificate.h"

#include <QFile>

using namespace sealwright;
using namespace sealwright::test;

class Protection : public WizardTest {
protected:
    ProtectionViewModel model{state};

    QString write(const QString& name, const std::string& content) {
        QFile file(folder.filePath(name));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(content));
        return file.fileName();
    }
};

TEST_F(Protection, isOfferedToDomainsThatTakeMail) {
    EXPECT_FALSE(model.isOffered());
    open("example.org");
    EXPECT_TRUE(model.isOffered());
    state.change([](Profile& profile) { profile.role = DomainRole::neverSends; });
    EXPECT_FALSE(model.isOffered());
}

TEST_F(Protection, turnsTlsReportsOnWithMtaStsAndLeavesThemOn) {
    open("example.org");
    QSignalSpy wishes(&model, &ProtectionViewModel::wishesChanged);
    model.setMtaSts(mtasts::Mode::testing);
    EXPECT_EQ(state.profile().mtaSts, MtaSts{});
    EXPECT_TRUE(model.tlsReports());
    EXPECT_EQ(model.tlsReportsTo(), QStringLiteral("dmarc-reports@example.org"));
    EXPECT_EQ(wishes.count(), 1);
    model.setMtaSts(std::nullopt);
    EXPECT_FALSE(state.profile().mtaSts);
    EXPECT_TRUE(model.tlsReports());
    model.setTlsReports(false);
    EXPECT_TRUE(state.profile().tlsReportsTo.empty());
    EXPECT_EQ(wishes.count(), 3);
}

TEST_F(Protection, sendsTlsReportsWhereTheOthersGo) {
    open("example.org");
    state.change([](Profile& profile) { profile.reportsTo = {*EmailAddress::parse("post@example.net")}; });
    EXPECT_EQ(model.tlsReportsTo(), QStringLiteral("post@example.net")) << "where they would go";
    model.setTlsReports(true);
    EXPECT_EQ(state.profile().tlsReportsTo, state.profile().reportsTo);
}

TEST_F(Protection, keepsAMaxAgeThatWasChosenUntilTheModeChanges) {
    open("example.org");
    state.change([](Profile& profile) { profile.mtaSts = MtaSts{mtasts::Mode::enforce, std::chrono::hours(1000)}; });
    model.setMtaSts(mtasts::Mode::enforce);
    EXPECT_EQ(state.profile().mtaSts->maxAge, std::chrono::hours(1000));
    model.setMtaSts(mtasts::Mode::testing);
    EXPECT_EQ(state.profile().mtaSts->maxAge, std::chrono::hours(24));
    for (const auto mode : {mtasts::Mode::enforce, mtasts::Mode::none, mtasts::Mode::testing}) {
        model.setMtaSts(mode);
        EXPECT_FALSE(model.mtaStsHint().isEmpty());
    }
}

TEST_F(Protection, takesAPublishedPolicyBackBeforeItIsOff) {
    open("example.org");
    resolver.add("_mta-sts.example.org TXT v=STSv1; id=1;");
    model.setMtaSts(mtasts::Mode::enforce);
    state.setPublished(std::make_shared<const Published>(readPublished(state.profile(), resolver, {})));
    model.switchMtaStsOff();
    EXPECT_EQ(model.mtaSts(), mtasts::Mode::none);
    model.switchMtaStsOff();
    EXPECT_FALSE(model.mtaSts());
}

TEST_F(Protection, switchesOffAtOnceWhatNobodyHasSeen) {
    open("example.org");
    model.setMtaSts(mtasts::Mode::testing);
    model.switchMtaStsOff();
    EXPECT_FALSE(model.mtaSts());
}

TEST_F(Protection, takesTheCertificateThatIsForTheMailHost) {
    open("example.org");
    state.change([](Profile& profile) { profile.mailHost = dnsName("mx.example.org"); });
    const auto authority = makeCertificate({.commonName = "Test CA"});
    const auto own = makeCertificate({.names = {"mx.example.org"}});
    const auto web = makeCertificate({.names = {"www.example.org"}});
    model.addCertificate(write(QStringLiteral("ca.pem"), authority.pem()));
    EXPECT_FALSE(model.certificateProblem().isEmpty());
    model.addCertificate(write(QStringLiteral("web.pem"), web.pem()));
    EXPECT_TRUE(model.certificateProblem().contains(QStringLiteral("www.example.org")));
    EXPECT_EQ(model.certificateKeys(), 0);
    model.addCertificate(write(QStringLiteral("chain.pem"), authority.pem() + own.pem()));
    EXPECT_TRUE(model.certificateProblem().isEmpty());
    EXPECT_EQ(state.profile().certificateKeys, std::vector{Certificate::parse(own.der)->publicKeyDigest()});
}

TEST_F(Protection, keepsThePresentAndTheNextKey) {
    open("example.org");
    std::vector<std::string> keys;
    for (const char* name : {"a.pem", "b.pem", "c.pem", "b.pem"}) {
        const auto made = makeCertificate({.names = {"mail.example.org"}});
        const QString path = folder.filePath(QString::fromUtf8(name));
        const bool known = QFile::exists(path);
        if (!known) {
            write(QString::fromUtf8(name), made.pem());
            keys.push_back(Certificate::parse(made.der)->publicKeyDigest());
        }
        model.addCertificate(path);
        EXPECT_TRUE(model.certificateProblem().isEmpty());
    }
    EXPECT_EQ(state.profile().certificateKeys, (std::vector{keys[2], keys[1]}));
    EXPECT_TRUE(model.certificateKeysText().contains(QString::fromStdString(keys[1].substr(0, 12))));
    model.forgetCertificates();
    EXPECT_EQ(model.certificateKeys(), 0);
}

TEST_F(Protection, takesTheKeyThatTheServerShows) {
    open("example.org");
    model.askServer();
    EXPECT_FALSE(model.certificateProblem().isEmpty()) << "nobody knows the mail host";
    state.change([](Profile& profile) { profile.mailHost = dnsName("mx.example.org"); });
    const auto asked = [this] {
        model.askServer();
        return waitUntil(model, &ProtectionViewModel::changed, [this] { return !model.isAsking(); });
    };
    ASSERT_TRUE(asked());
    EXPECT_TRUE(model.certificateProblem().contains(QStringLiteral("port 25"))) << "nobody answers";
    const auto made = makeCertificate({.names = {"other.example.org"}});
    SmtpSeen& seen = network.smtp[{dnsName("mx.example.org"), *IpAddress::parse("192.0.2.25")}];
    seen.reached = Reached::done;
    seen.certificate.chain = {made.der};
    ASSERT_TRUE(asked());
    EXPECT_TRUE(model.certificateProblem().isEmpty());
    EXPECT_TRUE(model.certificateSeen().contains(QStringLiteral("other.example.org")));
    EXPECT_EQ(state.profile().certificateKeys, std::vector{Certificate::parse(made.der)->publicKeyDigest()});
}

TEST_F(Protection, saysWhyAFileIsNoCertificate) {
    open("example.org");
    for (const QString& path :
         {write(QStringLiteral("key.pem"), pemBlock("PRIVATE KEY", "x")), write(QStringLiteral("empty"), ""),
          folder.filePath(QStringLiteral("absent")), folder.path()}) {
        model.addCertificate(path);
        EXPECT_FALSE(model.certificateProblem().isEmpty()) << path.toStdString();
        EXPECT_EQ(model.certificateKeys(), 0);
    }
    open("example.net");
    EXPECT_TRUE(model.certificateProblem().isEmpty());
}
