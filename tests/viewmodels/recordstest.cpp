#include "viewmodels/recordsviewmodel.h"

#include "wizardfixture.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <algorithm>
#include <csignal>
#include <sys/resource.h>

using namespace sealwright;
using namespace sealwright::test;

class Records : public WizardTest {
protected:
    RecordsViewModel model{state};
    QAbstractItemModelTester tester{model.model(), QAbstractItemModelTester::FailureReportingMode::Fatal};

    void SetUp() override {
        saveProfile("example.org");
        open("example.org");
    }
    bool read() {
        model.refresh();
        return waitUntil(model, &RecordsViewModel::changed, [this] { return !model.isReading(); });
    }
    int rowOf(Purpose purpose) {
        const auto& records = model.model()->records();
        const auto found = std::ranges::find_if(
            records, [&](const ComparedRecord& compared) { return compared.planned.purpose == purpose; });
        return found == records.end() ? -1 : static_cast<int>(found - records.begin());
    }
    RecordState stateOf(Purpose purpose) {
        const int row = rowOf(purpose);
        return row < 0 ? RecordState::wanted : model.model()->records()[static_cast<std::size_t>(row)].state;
    }
};

TEST_F(Records, showsEachWantedRecordBesideWhatIsPublished) {
    ASSERT_TRUE(read());
    EXPECT_EQ(stateOf(Purpose::dkim), RecordState::missing);
    EXPECT_EQ(stateOf(Purpose::dmarc), RecordState::missing);
    EXPECT_FALSE(model.allPublished());
    for (const ComparedRecord& compared : model.model()->records()) {
        resolver.remove(compared.planned.record.name.toString(), RecordType::txt);
    }
    const auto wanted = model.model()->records();
    for (const ComparedRecord& compared : wanted) {
        resolver.add(compared.planned.record);
    }
    ASSERT_TRUE(read());
    EXPECT_TRUE(model.allPublished()) << model.summary().toStdString();
}

TEST_F(Records, tellsASilentDnsFromAMissingRecord) {
    resolver.fail("_dmarc.example.org", AnswerStatus::timedOut);
    ASSERT_TRUE(read());
    EXPECT_EQ(stateOf(Purpose::dmarc), RecordState::unknown);
    EXPECT_EQ(stateOf(Purpose::dkim), RecordState::missing);
}

TEST_F(Records, givesTheFieldsOfTheProvidersForm) {
    ASSERT_TRUE(read());
    const auto details = model.details(rowOf(Purpose::dkim));
    ASSERT_TRUE(details);
    EXPECT_EQ(details->host, QStringLiteral("s1._domainkey"));
    EXPECT_EQ(details->type, QStringLiteral("TXT"));
    EXPECT_TRUE(details->value.startsWith(QStringLiteral("v=DKIM1; k=ed25519; p=")));
    EXPECT_EQ(details->quoted, u'"' + details->value + u'"');
    EXPECT_FALSE(details->why.isEmpty());
    ASSERT_TRUE(model.provider());
    EXPECT_TRUE(model.provider()->name.startsWith(QStringLiteral("Hetzner")));
    EXPECT_FALSE(model.details(-1));
    EXPECT_FALSE(model.details(99));
}

TEST_F(Records, changesThePolicyWithoutAskingTheDnsAgain) {
    ASSERT_TRUE(read());
    const int rounds = resolver.rounds();
    model.setPolicy(dmarc::Policy::quarantine);
    EXPECT_TRUE(model.details(rowOf(Purpose::dmarc))->value.contains(QStringLiteral("p=quarantine")));
    EXPECT_EQ(resolver.rounds(), rounds);
    EXPECT_FALSE(model.policyHint().isEmpty());
}

TEST_F(Records, wantsConsentWhereReportsLeaveTheDomain) {
    ASSERT_TRUE(read());
    EXPECT_EQ(rowOf(Purpose::reportAuthorization), -1);
    model.setReportsTo(QStringLiteral("dmarc@reports.example, not a mailbox"));
    EXPECT_FALSE(model.reportsProblem().isEmpty());
    EXPECT_FALSE(model.isComplete());
    model.setReportsTo(QStringLiteral("dmarc@reports.example"));
    EXPECT_TRUE(model.isComplete());
    ASSERT_TRUE(waitUntil(model, &RecordsViewModel::changed,
                          [this] { return rowOf(Purpose::reportAuthorization) >= 0 && !model.isReading(); }));
    EXPECT_TRUE(resolver.wasAsked("example.org._report._dmarc.reports.example", RecordType::txt));
}

TEST_F(Records, savesTheZoneTextItShows) {
    ASSERT_TRUE(read());
    const QString path = folder.filePath(QStringLiteral("example.org.zone"));
    QSignalSpy saved(&model, &RecordsViewModel::zoneSaved);
    model.saveZone(path);
    ASSERT_TRUE(saved.wait());
    EXPECT_EQ(saved[0][1].toString(), QString());
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_EQ(QString::fromUtf8(file.readAll()), model.zoneText());
    EXPECT_TRUE(model.zoneText().contains(QStringLiteral("s1._domainkey.example.org.")));
}

TEST_F(Records, saysWhyAZoneFileCantBeSavedAndLeavesTheOldOne) {
    ASSERT_TRUE(read());
    QSignalSpy saved(&model, &RecordsViewModel::zoneSaved);
    model.saveZone(folder.filePath(QStringLiteral("absent/example.org.zone")));
    ASSERT_TRUE(saved.wait());
    EXPECT_FALSE(saved[0][1].toString().isEmpty());

    // A file that may not grow stands for a disk that is full.
    QFile old(folder.filePath(QStringLiteral("example.org.zone")));
    ASSERT_TRUE(old.open(QIODevice::WriteOnly));
    old.write("; the old one\n");
    old.close();
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    rlimit full = before;
    full.rlim_cur = 16;
    setrlimit(RLIMIT_FSIZE, &full);
    model.saveZone(old.fileName());
    const bool told = saved.wait();
    setrlimit(RLIMIT_FSIZE, &before);
    ASSERT_TRUE(told);
    EXPECT_FALSE(saved[1][1].toString().isEmpty());
    ASSERT_TRUE(old.open(QIODevice::ReadOnly));
    EXPECT_EQ(old.readAll(), "; the old one\n");
}

TEST_F(Records, forgetsWhatItShowedOfAnotherDomain) {
    ASSERT_TRUE(read());
    EXPECT_GT(model.model()->rowCount(), 0);
    open("other.example");
    EXPECT_EQ(model.model()->rowCount(), 0);
}
