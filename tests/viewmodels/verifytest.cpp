#include "viewmodels/verifyviewmodel.h"

#include "viewmodels/publicresolvers.h"
#include "wizardfixture.h"

#include <QAbstractItemModelTester>
#include <algorithm>
#include <semaphore>

using namespace sealwright;
using namespace sealwright::test;

class Verify : public WizardTest {
protected:
    VerifyViewModel model{state, {.first = std::chrono::milliseconds(20), .longest = std::chrono::milliseconds(20)}};
    QAbstractItemModelTester tester{model.model(), QAbstractItemModelTester::FailureReportingMode::Fatal};

    void SetUp() override {
        saveProfile("example.org");
        open("example.org");
        resolver.setReachesNameServers(false);
    }
    bool round() {
        QSignalSpy spy(&model, &VerifyViewModel::finished);
        return spy.wait(20'000);
    }
    void publish() {
        const Published published = readPublished(state.profile(), resolver, {});
        for (const PlannedRecord& planned : makePlan(state.profile(), published).records) {
            resolver.remove(planned.record.name.toString(), planned.record.type);
            resolver.add(planned.record);
        }
    }
    bool found(FindingCode code) {
        return std::ranges::any_of(model.model()->findings(),
                                   [&](const Finding& finding) { return finding.code == code; });
    }
};

TEST_F(Verify, findsWhatIsMissingAndWhatToPublish) {
    EXPECT_EQ(model.worst(), Severity::unknown);
    model.run();
    ASSERT_TRUE(round());
    EXPECT_TRUE(found(FindingCode::dkimMissing));
    EXPECT_TRUE(found(FindingCode::dmarcMissing));
    EXPECT_EQ(model.worst(), Severity::error);
    EXPECT_EQ(severityOf(model.model()->at(0).code), Severity::error) << "the most urgent first";
    for (int row = 0; row < model.model()->rowCount(); ++row) {
        const auto details = model.details(row);
        ASSERT_TRUE(details);
        EXPECT_FALSE(details->found.isEmpty());
        const FindingCode code = model.model()->at(row).code;
        if (code == FindingCode::dkimMissing || code == FindingCode::dmarcMissing) {
            EXPECT_FALSE(details->expected.isEmpty());
            EXPECT_FALSE(details->remedy.isEmpty());
        }
    }
}

TEST_F(Verify, isContentOnceAllIsPublished) {
    publish();
    network.smtp[{dnsName("mx.example.org"), *IpAddress::parse("192.0.2.25")}] = {}; // Nobody asks it.
    model.run();
    ASSERT_TRUE(round());
    EXPECT_TRUE(model.worst() == Severity::ok || model.worst() == Severity::warning) << [this] {
        std::string all;
        for (int row = 0; row < model.model()->rowCount(); ++row) {
            all += model.details(row)->found.toStdString() + "\n";
        }
        return all;
    }();
    EXPECT_TRUE(found(FindingCode::dkimPresent));
}

TEST_F(Verify, waitsUntilAllIsPublishedThenChecks) {
    QSignalSpy published(&model, &VerifyViewModel::published);
    model.waitUntilPublished();
    EXPECT_TRUE(model.isWaiting());
    ASSERT_TRUE(waitUntil(model, &VerifyViewModel::changed, [this] { return !model.waitingLines().empty(); }));
    EXPECT_TRUE(std::ranges::any_of(model.waitingLines(), [](const VerifyViewModel::WaitingLine& line) {
        return line.record.startsWith(u"_dmarc.example.org TXT") && line.state != RecordState::present;
    }));
    EXPECT_TRUE(published.isEmpty());
    QSignalSpy finished(&model, &VerifyViewModel::finished);
    publish();
    ASSERT_TRUE(finished.wait(20'000)) << model.summary().toStdString();
    EXPECT_EQ(published.size(), 1);
    EXPECT_FALSE(model.isWaiting());
    EXPECT_TRUE(found(FindingCode::dkimPresent));
}

TEST_F(Verify, waitsOnWithoutANetwork) {
    for (const char* name : {"example.org", "_dmarc.example.org", "s1._domainkey.example.org", "mx.example.org"}) {
        resolver.fail(name, AnswerStatus::timedOut);
    }
    model.waitUntilPublished();
    ASSERT_TRUE(waitUntil(model, &VerifyViewModel::changed,
                          [this] { return model.summary().contains(QStringLiteral("No network")); }));
    EXPECT_TRUE(model.isWaiting());
}

TEST_F(Verify, tellsThatTheDomainFailsAndNotTheNetwork) {
    resolver.fail("example.org", AnswerStatus::bogus, "no signatures");
    model.waitUntilPublished();
    ASSERT_TRUE(waitUntil(model, &VerifyViewModel::changed,
                          [this] { return model.summary().contains(QStringLiteral("no signatures")); }));
    EXPECT_FALSE(model.summary().contains(QStringLiteral("No network")));
}

TEST_F(Verify, goesOnWaitingWhileOtherPagesAreLookedAt) {
    const auto waits = [this] {
        return waitUntil(model, &VerifyViewModel::changed, [this] { return !model.waitingLines().empty(); });
    };
    model.waitUntilPublished();
    ASSERT_TRUE(waits());
    const std::size_t records = model.waitingLines().size();
    model.show();
    EXPECT_TRUE(model.isWaiting());
    EXPECT_EQ(model.waitingLines().size(), records);
    state.change([](Profile& profile) { profile.mailHost.reset(); });
    model.show();
    EXPECT_TRUE(model.isWaiting());
    EXPECT_TRUE(model.waitingLines().empty()) << "other records are waited for now";
    ASSERT_TRUE(waits());
    model.stop();
    model.show();
    EXPECT_FALSE(model.isWaiting());
    ASSERT_TRUE(round());
}

TEST_F(Verify, stopsWaitingWhenAsked) {
    model.waitUntilPublished();
    ASSERT_TRUE(waitUntil(model, &VerifyViewModel::changed, [this] { return !model.waitingLines().empty(); }));
    model.stop();
    EXPECT_FALSE(model.isWaiting());
    ASSERT_TRUE(waitUntil(model, &VerifyViewModel::changed, [this] { return !model.isRunning(); }));
    const int rounds = resolver.rounds();
    QSignalSpy spy(&model, &VerifyViewModel::finished);
    EXPECT_FALSE(spy.wait(200));
    EXPECT_EQ(resolver.rounds(), rounds);
}

TEST_F(Verify, canBeStoppedWhileTheDnsIsSilent) {
    std::counting_semaphore<64> release(0);
    resolver.beforeRound([&](int) { release.acquire(); });
    model.run();
    EXPECT_TRUE(model.isRunning());
    model.stop();
    release.release(64);
    ASSERT_TRUE(waitUntil(model, &VerifyViewModel::changed, [this] { return !model.isRunning(); }));
    EXPECT_FALSE(model.summary().isEmpty());
    EXPECT_EQ(model.worst() == Severity::ok, false) << "nothing was checked";
}

TEST_F(Verify, doesNotTakeASilentDnsForMissingRecords) {
    for (const char* name : {"example.org", "_dmarc.example.org", "s1._domainkey.example.org", "mx.example.org"}) {
        resolver.fail(name, AnswerStatus::timedOut);
    }
    model.run();
    ASSERT_TRUE(round());
    EXPECT_EQ(model.worst(), Severity::unknown);
    EXPECT_FALSE(found(FindingCode::dkimMissing));
    EXPECT_FALSE(found(FindingCode::dmarcMissing));
}

TEST_F(Verify, saysInOneSentenceThatThereIsNoNetwork) {
    resolver.failEverything(AnswerStatus::timedOut);
    model.run();
    ASSERT_TRUE(round());
    EXPECT_TRUE(model.heardNothing());
    EXPECT_TRUE(model.summary().startsWith(QStringLiteral("Nothing could be asked"))) << model.summary().toStdString();
    EXPECT_EQ(model.worst(), Severity::unknown);
}

TEST_F(Verify, tellsHowManyAreasAreThrough) {
    QStringList told;
    QObject::connect(&model, &VerifyViewModel::changed, [&] { told += model.summary(); });
    model.run();
    ASSERT_TRUE(round());
    EXPECT_TRUE(told.contains(QStringLiteral("Checking: 0 of 13 areas are done.")));
    EXPECT_TRUE(told.contains(QStringLiteral("Checking: 13 of 13 areas are done.")));
}

TEST_F(Verify, countsWhatItFound) {
    model.run();
    ASSERT_TRUE(round());
    EXPECT_TRUE(model.summary().startsWith(QStringLiteral("Problems to solve: 2."))) << model.summary().toStdString();
    EXPECT_TRUE(model.summary().contains(QStringLiteral("Everything else is well."))) << model.summary().toStdString();
}

TEST_F(Verify, asksPublicResolversOnlyOnceChosen) {
    ASSERT_GT(publicResolvers().size(), 1U);
    resolver.setReachesNameServers(true);
    resolver.add("ns1.first-ns.de A 192.0.2.53");
    resolver.failServer(publicResolvers()[1].address.toString(), AnswerStatus::timedOut);
    model.run();
    ASSERT_TRUE(round());
    EXPECT_FALSE(found(FindingCode::resolverSilent));
    model.alsoAsk(1, true);
    model.run();
    ASSERT_TRUE(round());
    EXPECT_TRUE(found(FindingCode::resolverSilent));
}

TEST_F(Verify, remembersWhomElseToAsk) {
    EXPECT_FALSE(model.isAlsoAsked(1));
    model.alsoAsk(1, true);
    EXPECT_TRUE(VerifyViewModel(state).isAlsoAsked(1));
    EXPECT_FALSE(VerifyViewModel(state).isAlsoAsked(0));
    model.alsoAsk(1, false);
    EXPECT_FALSE(VerifyViewModel(state).isAlsoAsked(1));
}

TEST_F(Verify, showsOneRowForAllThatIsWellInAnArea) {
    publish();
    model.run();
    ASSERT_TRUE(round());
    FindingsModel& rows = *model.model();
    const auto wellRows = [&](Area area) {
        int well = 0;
        for (int row = 0; row < rows.rowCount(); ++row) {
            well += rows.at(row).area == area && severityOf(rows.at(row).code) == Severity::ok;
        }
        return well;
    };
    EXPECT_EQ(wellRows(Area::spf), 1);
    const int few = rows.rowCount();
    rows.showEverything(true);
    EXPECT_EQ(rows.rowCount(), static_cast<int>(rows.findings().size()));
    EXPECT_GT(wellRows(Area::spf), 1);
    rows.showEverything(false);
    EXPECT_EQ(rows.rowCount(), few);
}

TEST_F(Verify, dropsTheFindingsOfADomainThatIsNoLongerMeant) {
    std::counting_semaphore<64> release(0);
    resolver.beforeRound([&](int) { release.acquire(); });
    model.run();
    saveProfile("other.example");
    open("other.example");
    release.release(32);
    QSignalSpy late(&model, &VerifyViewModel::finished);
    EXPECT_FALSE(late.wait(200));
    EXPECT_EQ(model.model()->rowCount(), 0);
}

TEST_F(Verify, namesTheFieldOfTheProvidersForm) {
    resolver.remove("example.org", RecordType::ns);
    resolver.add("example.org NS ns1.domaincontrol.com.\n");
    publish();
    const ResourceRecord key = [this] {
        for (const PlannedRecord& planned :
             makePlan(state.profile(), readPublished(state.profile(), resolver, {})).records) {
            if (planned.purpose == Purpose::dkim) {
                return planned.record;
            }
        }
        return ResourceRecord{dnsName("example.org"), RecordType::txt, {}, {}};
    }();
    resolver.remove(key.name.toString(), RecordType::txt);
    resolver.add({dnsName(key.name.toString() + ".example.org"), key.type, key.ttl, key.value});
    model.run();
    ASSERT_TRUE(round());
    QString remedies;
    for (int row = 0; row < model.model()->rowCount(); ++row) {
        remedies += model.details(row)->remedy;
    }
    EXPECT_TRUE(remedies.contains(QStringLiteral("At GoDaddy, the field “Name” takes only the part before the domain")))
        << remedies.toStdString();
}
