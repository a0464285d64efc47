#include "viewmodels/domainviewmodel.h"

#include "wizardfixture.h"

#include <semaphore>

using namespace sealwright;
using namespace sealwright::test;

class Domain : public WizardTest {
protected:
    DomainViewModel model{state};

    bool settled() {
        return waitUntil(model, &DomainViewModel::factsChanged, [this] { return !model.isLooking(); });
    }
    RecordState stateOf(const QString& title) const {
        for (const PublishedFact& fact : model.facts()) {
            if (fact.title == title) {
                return fact.state;
            }
        }
        ADD_FAILURE() << "no fact on " << title.toStdString();
        return RecordState::wanted;
    }
};

TEST_F(Domain, showsWhatIsPublishedOnceTypingHasPaused) {
    for (const char* typed : {"e", "ex", "example", "example.o", "example.or", "example.org"}) {
        model.setText(QString::fromLatin1(typed));
    }
    EXPECT_EQ(resolver.rounds(), 0) << "nobody is asked while the user types";
    EXPECT_TRUE(waitUntil(model, &DomainViewModel::factsChanged, [this] { return !model.facts().empty(); }));
    EXPECT_TRUE(settled());
    EXPECT_EQ(state.profile().domain, dnsName("example.org"));
    EXPECT_EQ(stateOf(QStringLiteral("MX")), RecordState::present);
    EXPECT_EQ(stateOf(QStringLiteral("SPF")), RecordState::present);
    EXPECT_EQ(stateOf(QStringLiteral("DMARC")), RecordState::missing);
    EXPECT_TRUE(model.facts().front().value.contains(QStringLiteral("Hetzner")))
        << model.facts().front().value.toStdString();
}

TEST_F(Domain, saysWhatIsWrongWithATextThatIsNoDomain) {
    for (const char* typed : {"user@example.org", "https://example.org/", "192.0.2.1", "localhost", "exa mple.org"}) {
        model.setText(QString::fromLatin1(typed));
        EXPECT_FALSE(model.problem().isEmpty()) << typed;
        EXPECT_FALSE(model.canTakeUp()) << typed;
        EXPECT_FALSE(model.takeUp()) << typed;
    }
    model.setText({});
    EXPECT_TRUE(model.problem().isEmpty()) << "an empty field is no fault yet";
    EXPECT_FALSE(model.canTakeUp());
    EXPECT_EQ(resolver.rounds(), 0);
}

TEST_F(Domain, takesAnInternationalNameAndShowsItAsItIsRead) {
    model.setText(QStringLiteral("bücher.example"));
    EXPECT_TRUE(model.takeUp());
    EXPECT_EQ(state.profile().domain.toString(), "xn--bcher-kva.example");
    ASSERT_TRUE(state.save());
    EXPECT_EQ(model.savedDomains(), QStringList{QStringLiteral("bücher.example")});
}

TEST_F(Domain, tellsASilentDnsFromAnEmptyOne) {
    resolver.fail("example.org", AnswerStatus::timedOut);
    resolver.fail("_dmarc.example.org", AnswerStatus::serverFailure);
    model.setText(QStringLiteral("example.org"));
    ASSERT_TRUE(model.takeUp());
    ASSERT_TRUE(settled());
    for (const PublishedFact& fact : model.facts()) {
        EXPECT_EQ(fact.state, RecordState::unknown) << fact.title.toStdString();
    }
}

TEST_F(Domain, warnsOfTwoSpfRecords) {
    resolver.add("example.org TXT v=spf1 a -all");
    model.setText(QStringLiteral("example.org"));
    ASSERT_TRUE(model.takeUp());
    ASSERT_TRUE(settled());
    EXPECT_EQ(stateOf(QStringLiteral("SPF")), RecordState::differs);
}

TEST_F(Domain, dropsTheAnswersForADomainThatIsNoLongerMeant) {
    std::binary_semaphore release(0);
    resolver.beforeRound([&](int round) {
        if (round == 0) {
            release.acquire(); // the first domain's look-up hangs until the second one's is through
        }
    });
    model.setText(QStringLiteral("example.org"));
    ASSERT_TRUE(model.takeUp());
    while (resolver.rounds() == 0) {
        std::this_thread::yield();
    }
    model.setText(QStringLiteral("other.example"));
    ASSERT_TRUE(model.takeUp());
    ASSERT_TRUE(settled());
    release.release();
    EXPECT_EQ(stateOf(QStringLiteral("MX")), RecordState::missing);
    QSignalSpy late(&model, &DomainViewModel::factsChanged);
    EXPECT_FALSE(late.wait(200)) << "the first domain's answers must not be shown";
    EXPECT_EQ(stateOf(QStringLiteral("MX")), RecordState::missing);
}

TEST_F(Domain, asksNothingTwiceForTheSameText) {
    model.setText(QStringLiteral("example.org"));
    ASSERT_TRUE(model.takeUp());
    ASSERT_TRUE(settled());
    const int rounds = resolver.rounds();
    EXPECT_TRUE(model.takeUp());
    model.setText(QStringLiteral("example.org"));
    EXPECT_FALSE(model.isLooking());
    EXPECT_EQ(resolver.rounds(), rounds);
}

TEST_F(Domain, knowsADomainOfAnEarlierRun) {
    saveProfile("example.org");
    model.setText(QStringLiteral("example.org"));
    ASSERT_TRUE(model.takeUp());
    EXPECT_TRUE(model.isSavedDomain());
    model.setText(QStringLiteral("new.example"));
    ASSERT_TRUE(model.takeUp());
    EXPECT_FALSE(model.isSavedDomain());
}
