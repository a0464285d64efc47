#include "viewmodels/messagetestviewmodel.h"

#include "wizardfixture.h"

#include "dkim/sign.h"

#include <QDateTime>

using namespace sealwright;
using namespace sealwright::test;

using Field = MessageTestViewModel::Field;

class MessageTestView : public WizardTest {
protected:
    MessageTestViewModel model{state};
    KeyPair key = KeyPair::generate(KeyAlgorithm::ed25519).value();

    void SetUp() override {
        resolver.add("s1._domainkey.example.org TXT v=DKIM1; k=ed25519; p=" + key.publicKey());
        resolver.add("_dmarc.example.org TXT v=DMARC1; p=reject");
        resolver.add("imap.example.net A 192.0.2.80");
        Profile profile(dnsName("example.org"));
        profile.mailHost = dnsName("mx.example.org");
        profile.keys = {describe(key, *Selector::parse("s1"), clock.now())};
        overwrite(profile);
        open("example.org");
        courier.arrives = [this](const FakeCourier::Sent& sent) {
            dkim::SigningOptions options{dnsName("example.org"), dnsName("s1")};
            options.headers = {"From", "Subject"};
            return dkim::sign(sent.message, key, options) + sent.message;
        };
    }
    [[nodiscard]] static MessageTestViewModel::Wishes wishes() {
        MessageTestViewModel::Wishes wished;
        wished.form.server = QStringLiteral("mx.example.org");
        wished.form.user = QStringLiteral("joe");
        wished.form.to = QStringLiteral("me@example.net");
        wished.form.imapServer = QStringLiteral("imap.example.net");
        wished.password = SecretBytes(std::string_view("secret"));
        wished.imapPassword = SecretBytes(std::string_view("other"));
        return wished;
    }
    [[nodiscard]] static MessageTestViewModel::Wishes wishesWithoutPasswords() {
        auto wished = wishes();
        wished.keeps = true;
        wished.password = SecretBytes();
        wished.imapPassword = SecretBytes();
        return wished;
    }
    void run(MessageTestViewModel::Wishes wished) {
        model.start(std::move(wished));
        ASSERT_TRUE(waitUntil(model, &MessageTestViewModel::changed, [this] { return !model.isRunning(); }));
    }
};

TEST_F(MessageTestView, sendsJudgesAndKeepsWhichKeyWasVerified) {
    EXPECT_EQ(model.defaultServer(), QStringLiteral("mx.example.org"));
    EXPECT_EQ(model.defaultSender(), QStringLiteral("postmaster@example.org"));
    run(wishes());
    ASSERT_EQ(courier.sent.size(), 1U);
    EXPECT_EQ(courier.sent.front().password, "secret");
    EXPECT_EQ(courier.sent.front().from.toString(), "postmaster@example.org");
    ASSERT_EQ(model.results().size(), 1U);
    EXPECT_EQ(model.results().front().summary.severity, Severity::ok)
        << model.results().front().summary.text.toStdString();
    EXPECT_GE(model.results().front().lines.size(), 4U);
    EXPECT_TRUE(model.stage().isEmpty());
    const auto saved = store.load(dnsName("example.org"));
    ASSERT_EQ(saved->profile.verified.size(), 1U);
    EXPECT_EQ(saved->profile.verified.front().receiver, dnsName("example.net"));
    EXPECT_EQ(saved->profile.verified.front().when, clock.now());
}

TEST_F(MessageTestView, showsOneReceiverAfterTheOther) {
    run(wishes());
    courier.isJunk = true;
    courier.folder = "Spam";
    auto second = wishes();
    second.form.to = QStringLiteral("me@example.com");
    run(std::move(second));
    auto third = wishes();
    third.form.imapServer.clear();
    run(std::move(third));
    ASSERT_EQ(model.results().size(), 3U);
    const auto newest = model.results().begin();
    EXPECT_EQ(newest->summary.severity, Severity::info);
    EXPECT_EQ(std::next(newest)->summary.severity, Severity::error);
    EXPECT_TRUE(std::next(newest)->summary.text.contains(QStringLiteral("me@example.com")));
    EXPECT_TRUE(std::next(newest)->lines.front().text.contains(QStringLiteral("Spam")));
    open("example.com");
    EXPECT_TRUE(model.results().empty());
}

TEST_F(MessageTestView, saysWhatCannotBeUsedAndSendsNothing) {
    const auto refused = [this](auto spoil) {
        auto spoilt = wishes();
        spoil(spoilt);
        model.start(std::move(spoilt));
        EXPECT_FALSE(model.problem().isEmpty());
        EXPECT_FALSE(model.isRunning());
        return model.problemField();
    };
    EXPECT_EQ(refused([](auto& wished) { wished.form.server = QStringLiteral("mail"); }), Field::server);
    EXPECT_EQ(refused([](auto& wished) { wished.form.user.clear(); }), Field::user);
    EXPECT_EQ(refused([](auto& wished) { wished.password = SecretBytes(); }), Field::password);
    EXPECT_EQ(refused([](auto& wished) { wished.form.from = QStringLiteral("joe"); }), Field::from);
    EXPECT_EQ(refused([](auto& wished) { wished.form.to.clear(); }), Field::to);
    EXPECT_EQ(refused([](auto& wished) { wished.form.imapServer = QStringLiteral("imap.example.net:x"); }),
              Field::imapServer);
    EXPECT_EQ(refused([](auto& wished) { wished.imapPassword = SecretBytes(); }), Field::imapPassword);
    EXPECT_TRUE(courier.sent.empty());
    run(wishes());
    EXPECT_TRUE(model.problem().isEmpty());
}

TEST_F(MessageTestView, tellsWhyNothingIsKnown) {
    courier.arrives = nullptr;
    run(wishes());
    EXPECT_EQ(model.results().front().summary.severity, Severity::unknown);
    courier.mailboxRefusal = problem(CourierError::loginRefused, "no");
    run(wishes());
    EXPECT_TRUE(model.results().front().summary.text.contains(QStringLiteral("nothing was sent")));
    EXPECT_EQ(courier.sent.size(), 1U);
    courier.mailboxRefusal.reset();
    courier.refusal = problem(CourierError::senderRefused, "550 no");
    run(wishes());
    EXPECT_EQ(model.results().front().summary.severity, Severity::error);
    EXPECT_TRUE(model.results().front().summary.text.contains(QStringLiteral("550 no")));
    EXPECT_TRUE(store.load(dnsName("example.org"))->profile.verified.empty());
}

TEST_F(MessageTestView, keepsFormAndPasswordsOnceTheyWereAccepted) {
    auto kept = wishes();
    kept.keeps = true;
    run(std::move(kept));
    ASSERT_EQ(passwords.kept.size(), 2U);
    EXPECT_EQ((passwords.kept[{"joe", dnsName("mx.example.org")}]), "secret");
    EXPECT_EQ((passwords.kept[{"me@example.net", dnsName("imap.example.net")}]), "other");
    ASSERT_TRUE(model.keptForm());
    EXPECT_EQ(model.keptForm()->to, QStringLiteral("me@example.net"));
    QFile settings(state.settingsPath());
    ASSERT_TRUE(settings.open(QIODevice::ReadOnly));
    EXPECT_FALSE(settings.readAll().contains("secret"));

    run(wishesWithoutPasswords());
    ASSERT_EQ(courier.sent.size(), 2U);
    EXPECT_EQ(courier.sent.back().password, "secret");

    model.forget();
    EXPECT_FALSE(model.keptForm());
    EXPECT_TRUE(waitUntil(model, &MessageTestViewModel::changed, [this] { return !model.isForgetting(); }));
    EXPECT_TRUE(passwords.kept.empty());
}

TEST_F(MessageTestView, forgetsPasswordsThatItsFormNamesNoLonger) {
    auto kept = wishes();
    kept.keeps = true;
    run(std::move(kept));
    auto elsewhere = wishes(); // The same sender, another mailbox.
    elsewhere.keeps = true;
    elsewhere.form.imapServer = QStringLiteral("imap.example.com");
    resolver.add("imap.example.com A 192.0.2.81");
    run(std::move(elsewhere));
    EXPECT_EQ(passwords.kept.size(), 2U);
    EXPECT_FALSE(passwords.kept.contains({"me@example.net", dnsName("imap.example.net")}));
    EXPECT_TRUE(passwords.kept.contains({"me@example.net", dnsName("imap.example.com")}));
    EXPECT_TRUE(passwords.kept.contains({"joe", dnsName("mx.example.org")}));
}

TEST_F(MessageTestView, keepsPasswordsThatAnotherDomainsFormNames) {
    auto kept = wishes();
    kept.keeps = true;
    run(std::move(kept));
    open("example.com");
    auto others = wishes();
    others.keeps = true;
    others.form.server = QStringLiteral("mx.example.com");
    resolver.add("mx.example.com A 192.0.2.26");
    run(std::move(others));
    model.forget();
    EXPECT_TRUE(waitUntil(model, &MessageTestViewModel::changed, [this] { return !model.isForgetting(); }));
    EXPECT_EQ(passwords.kept.size(), 2U);
    EXPECT_FALSE(passwords.kept.contains({"joe", dnsName("mx.example.com")}));
}

TEST_F(MessageTestView, looksAgainForWhatHasNotArrived) {
    EXPECT_FALSE(model.mayLookAgain());
    const auto arrives = std::exchange(courier.arrives, nullptr);
    run(wishes());
    ASSERT_TRUE(model.mayLookAgain());
    const auto lookAgain = [this](auto change) {
        auto wished = wishes();
        wished.password = SecretBytes(); // It is of no use for that.
        change(wished);
        model.lookAgain(std::move(wished));
        EXPECT_TRUE(waitUntil(model, &MessageTestViewModel::changed, [this] { return !model.isRunning(); }));
    };
    lookAgain([](auto& wished) { wished.form.imapServer.clear(); });
    EXPECT_EQ(model.problemField(), Field::imapServer);
    lookAgain([](auto& wished) { wished.imapPassword = SecretBytes(); });
    EXPECT_EQ(model.problemField(), Field::imapPassword);
    lookAgain([](auto&) {});
    EXPECT_TRUE(model.mayLookAgain());
    courier.arrives = arrives;
    lookAgain([](auto& wished) { wished.form.to = QStringLiteral("somebody@example.com"); });
    EXPECT_FALSE(model.mayLookAgain());
    EXPECT_EQ(model.results().front().summary.severity, Severity::ok);
    EXPECT_TRUE(model.results().front().summary.text.contains(QStringLiteral("me@example.net")));
    EXPECT_EQ(courier.sent.size(), 1U);
    EXPECT_EQ(courier.awaited.back().id, courier.awaited.front().id);
    EXPECT_EQ(store.load(dnsName("example.org"))->profile.verified.size(), 1U);
    courier.arrives = nullptr;
    run(wishes());
    open("example.com");
    EXPECT_FALSE(model.mayLookAgain());
}

TEST_F(MessageTestView, tellsResultsForOneReceiverApart) {
    run(wishes());
    const QDateTime when = QDateTime::fromSecsSinceEpoch(clock.now().time_since_epoch().count()).toLocalTime();
    EXPECT_EQ(model.results().front().when, when.toString(QStringLiteral("HH:mm:ss")));
}

TEST_F(MessageTestView, keepsNothingUnasked) {
    run(wishes());
    EXPECT_TRUE(passwords.kept.empty());
    EXPECT_FALSE(model.keptForm());
}

TEST_F(MessageTestView, keepsNoPasswordThatWasRefusedAndForgetsOneThatIs) {
    courier.refusal = problem(CourierError::loginRefused, "535 no");
    auto typed = wishes();
    typed.keeps = true;
    run(std::move(typed));
    EXPECT_EQ(passwords.kept.size(), 1U); // The mailbox's was accepted.
    passwords.kept[{"joe", dnsName("mx.example.org")}] = "old";
    passwords.kept[{"me@example.net", dnsName("imap.example.net")}] = "fine";
    courier.refusal = problem(CourierError::tryLater, "454 later");
    run(wishesWithoutPasswords());
    EXPECT_EQ(passwords.kept.size(), 2U);
    courier.refusal = problem(CourierError::loginRefused, "535 no");
    run(wishesWithoutPasswords());
    EXPECT_EQ(passwords.kept.size(), 1U);
}

TEST_F(MessageTestView, asksForAPasswordThatIsNotInTheKeychain) {
    run(wishesWithoutPasswords());
    EXPECT_EQ(model.problemField(), Field::password);
    EXPECT_TRUE(model.problem().contains(QStringLiteral("mx.example.org")));
    passwords.kept[{"joe", dnsName("mx.example.org")}] = "secret";
    run(wishesWithoutPasswords());
    EXPECT_EQ(model.problemField(), Field::imapPassword);
    EXPECT_TRUE(courier.sent.empty());
}

TEST_F(MessageTestView, tellsThatAPasswordCouldNotBeKept) {
    passwords.trouble = VaultError::locked;
    auto kept = wishes();
    kept.keeps = true;
    run(std::move(kept));
    EXPECT_EQ(model.results().size(), 1U);
    EXPECT_TRUE(model.keptNote().contains(QStringLiteral("locked"))) << model.keptNote().toStdString();
}
