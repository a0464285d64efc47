#include "gui/pages/messagetestbox.h"

#include "wizardfixture.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTest>

using namespace sealwright;
using namespace sealwright::test;

/// The form of a test message, with keys.
class MessageForm : public WizardTest {
protected:
    void SetUp() override {
        Profile profile(dnsName("example.org"));
        profile.mailHost = dnsName("mx.example.org");
        overwrite(profile);
        open("example.org");
        resolver.add("imap.example.net A 192.0.2.80");
    }
    [[nodiscard]] QLineEdit* field(const char* name) const {
        return box.findChild<QLineEdit*>(QString::fromLatin1(name));
    }
    void fill(const char* name, const char* text) const {
        field(name)->clear();
        QTest::keyClicks(field(name), QString::fromUtf8(text));
    }
    void pressReturnIn(const char* name) {
        field(name)->setFocus();
        QTest::keyClick(field(name), Qt::Key_Return);
        EXPECT_TRUE(QTest::qWaitFor([this] { return !box.isRunning(); }, 20'000));
    }
    /// As an earlier run kept it.
    void keepForm(const char* domain, const char* imapServer, const char* to) const {
        QSettings settings(state.settingsPath(), QSettings::IniFormat);
        settings.beginGroup(QStringLiteral("messageTest/") + QString::fromLatin1(domain));
        settings.setValue(QStringLiteral("server"), QStringLiteral("mx.example.org"));
        settings.setValue(QStringLiteral("user"), QStringLiteral("joe"));
        settings.setValue(QStringLiteral("to"), QString::fromLatin1(to));
        settings.setValue(QStringLiteral("imapServer"), QString::fromLatin1(imapServer));
    }

    MessageTestBox box{state};
};

TEST_F(MessageForm, sendsByReturnOnlyFromItsEndAndWhereNothingIsMissing) {
    const char* const names[] = {"submissionServer", "submissionUser", "submissionPassword",
                                 "testSender",       "testReceiver",   "imapServer",
                                 "imapUser"};
    pressReturnIn("imapPassword");
    EXPECT_TRUE(courier.sent.empty());
    fill("submissionUser", "joe");
    fill("submissionPassword", "secret");
    fill("testReceiver", "me@example.net");
    fill("imapServer", "imap.example.net");
    pressReturnIn("imapPassword");
    EXPECT_TRUE(courier.sent.empty());
    fill("imapPassword", "other");
    for (const char* name : names) {
        pressReturnIn(name);
    }
    EXPECT_TRUE(courier.sent.empty());
    pressReturnIn("imapPassword");
    EXPECT_EQ(courier.sent.size(), 1U);
}

TEST_F(MessageForm, givesNoPasswordToAServerThatCameByItself) {
    keepForm("example.com", "imap.example.com", "other@example.com");
    fill("submissionUser", "joe");
    fill("submissionPassword", "secret");
    fill("testReceiver", "me@example.net");
    fill("imapServer", "imap.example.net");
    fill("imapPassword", "typed for me@example.net");
    open("example.com");
    EXPECT_EQ(field("imapServer")->text(), QStringLiteral("imap.example.com"));
    EXPECT_TRUE(field("imapPassword")->text().isEmpty());
    EXPECT_TRUE(field("submissionPassword")->text().isEmpty());
    fill("imapPassword", "typed for other@example.com");
    open("example.org"); // Nothing is kept there, so that the mailbox stays.
    EXPECT_FALSE(field("imapPassword")->text().isEmpty());
}

TEST_F(MessageForm, givesNoPasswordToAnotherMailHost) {
    fill("submissionPassword", "for mx.example.org");
    state.change([](Profile& profile) { profile.keys.clear(); });
    EXPECT_FALSE(field("submissionPassword")->text().isEmpty());
    state.change([](Profile& profile) { profile.mailHost = dnsName("mx2.example.org"); });
    EXPECT_TRUE(field("submissionPassword")->text().isEmpty());
    fill("submissionServer", "mail.example.org");
    fill("submissionPassword", "for mail.example.org");
    state.change([](Profile& profile) { profile.mailHost = dnsName("mx3.example.org"); });
    EXPECT_FALSE(field("submissionPassword")->text().isEmpty());
}

TEST_F(MessageForm, looksAgainOnceSomethingIsLate) {
    auto* again = box.findChild<QPushButton*>(QStringLiteral("lookAgain"));
    EXPECT_FALSE(again->isEnabled());
    fill("submissionUser", "joe");
    fill("submissionPassword", "secret");
    fill("testReceiver", "me@example.net");
    fill("imapServer", "imap.example.net");
    fill("imapPassword", "other");
    pressReturnIn("imapPassword");
    ASSERT_TRUE(again->isEnabled());
    again->click();
    EXPECT_TRUE(QTest::qWaitFor([this] { return !box.isRunning(); }, 20'000));
    EXPECT_EQ(courier.sent.size(), 1U);
    EXPECT_EQ(courier.awaited.size(), 2U);
}
