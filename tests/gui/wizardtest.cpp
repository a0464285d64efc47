#include "gui/setupwizard.h"

#include "wizardfixture.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QTest>
#include <QTimer>

using namespace sealwright;
using namespace sealwright::test;

/// The wizard over fakes: what it does with keys and clicks, without a screen.
class Wizard : public WizardTest {
protected:
    SetupWizard wizard{WizardTools{.store = store,
                                   .resolver = resolver,
                                   .network = network,
                                   .courier = courier,
                                   .passwords = passwords,
                                   .clock = clock,
                                   .keychain = keychain,
                                   .openKeyFile = [this](SecretBytes) { return keyFile; },
                                   .keyFilePath = folder.filePath(QStringLiteral("keys.pem"))}};

    void SetUp() override {
        wizard.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&wizard));
    }
    bool isAt(WizardStep step) const { return wizard.currentId() == static_cast<int>(step); }
    void next() { QTest::mouseClick(wizard.button(QWizard::NextButton), Qt::LeftButton); }
    bool canGoOn() {
        return QTest::qWaitFor([this] { return wizard.button(QWizard::NextButton)->isEnabled(); }, 20'000);
    }
    void enterDomain(const QString& domain) {
        auto* field = wizard.findChild<QLineEdit*>(QStringLiteral("domain"));
        field->setFocus();
        QTest::keyClicks(field, domain);
    }
    QAbstractButton* button(const QString& text) const {
        for (auto* button : wizard.findChildren<QAbstractButton*>()) {
            if (button->isVisible() && button->text().remove(u'&') == text) {
                return button;
            }
        }
        return nullptr;
    }
    void createKey() {
        ASSERT_TRUE(button(QStringLiteral("Create key")));
        QTest::mouseClick(button(QStringLiteral("Create key")), Qt::LeftButton);
        ASSERT_TRUE(canGoOn());
    }
    /// Answers the next question the wizard asks, and returns what it was by `asked`.
    static void answer(const QString& choice, QString& asked) {
        QTimer::singleShot(0, [choice, &asked] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            ASSERT_TRUE(box);
            asked = box->text();
            for (QAbstractButton* button : box->buttons()) {
                if (button->text().remove(u'&') == choice) {
                    button->click();
                }
            }
        });
    }
};

TEST_F(Wizard, walksAllFivePagesAndSavesAfterEach) {
    EXPECT_FALSE(wizard.button(QWizard::NextButton)->isEnabled()) << "no domain yet";
    enterDomain(QStringLiteral("example.org"));
    ASSERT_TRUE(canGoOn());
    next();
    ASSERT_TRUE(isAt(WizardStep::keys));
    EXPECT_TRUE(store.load(dnsName("example.org")));
    EXPECT_FALSE(wizard.button(QWizard::NextButton)->isEnabled()) << "no key yet";
    createKey();
    EXPECT_EQ(store.load(dnsName("example.org"))->profile.keys.size(), 1U);
    next();
    ASSERT_TRUE(isAt(WizardStep::records));
    next();
    ASSERT_TRUE(isAt(WizardStep::server));
    EXPECT_TRUE(button(QStringLiteral("exim4 on Debian"))->isChecked());
    button(QStringLiteral("Postfix with rspamd"))->click();
    EXPECT_FALSE(button(QStringLiteral("Check incoming mail too:"))->isChecked());
    button(QStringLiteral("Check incoming mail too:"))->click();
    next();
    ASSERT_TRUE(isAt(WizardStep::verify));
    EXPECT_EQ(store.load(dnsName("example.org"))->profile.stack, Stack::postfixRspamd);
    EXPECT_EQ(store.load(dnsName("example.org"))->profile.inbound, Inbound::results);
}

TEST_F(Wizard, takesOverTheKeysOfAServer) {
    const auto key = KeyPair::generate(KeyAlgorithm::ed25519);
    const SecretBytes pem = key->toPem();
    const QString copied = folder.filePath(QStringLiteral("copied"));
    ASSERT_TRUE(QDir().mkpath(copied));
    for (const QString& name : {QStringLiteral("some.pem"), QStringLiteral("cut.pem")}) {
        QFile file(copied + u'/' + name);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(pem.data(), static_cast<qint64>(name.startsWith(u"cut") ? 60 : pem.size()));
    }
    resolver.add("mail._domainkey.example.org TXT v=DKIM1; k=ed25519; p=" + key->publicKey());
    enterDomain(QStringLiteral("example.org"));
    ASSERT_TRUE(canGoOn());
    next();
    ASSERT_TRUE(isAt(WizardStep::keys));
    auto* way = wizard.findChild<QAbstractButton*>(QStringLiteral("takeOver"));
    way->click();
    EXPECT_FALSE(wizard.findChild<QLineEdit*>(QStringLiteral("selector"))->isVisible()) << "the DNS tells it";
    QTest::keyClicks(wizard.findChild<QLineEdit*>(QStringLiteral("keyFile")), copied);
    ASSERT_TRUE(button(QStringLiteral("Take over keys")));
    QTest::mouseClick(button(QStringLiteral("Take over keys")), Qt::LeftButton);
    ASSERT_TRUE(canGoOn());
    const auto saved = store.load(dnsName("example.org"));
    ASSERT_EQ(saved->profile.keys.size(), 1U);
    EXPECT_EQ(saved->profile.keys[0].selector.toString(), "mail");
    EXPECT_EQ(saved->profile.keys[0].publicKey, key->publicKey());
    bool told = false;
    for (const auto* label : wizard.findChildren<QLabel*>()) {
        told = told || (label->isVisible() && label->text().contains(QStringLiteral("cut.pem")));
    }
    EXPECT_TRUE(told);
}

TEST_F(Wizard, leavesOutKeysAndServerWhereNobodySends) {
    enterDomain(QStringLiteral("parked.example"));
    ASSERT_TRUE(canGoOn());
    ASSERT_TRUE(QTest::qWaitFor(
        [this] { return button(QStringLiteral("Nobody: this domain never sends mail"))->isEnabled(); }));
    button(QStringLiteral("Nobody: this domain never sends mail"))->click();
    next();
    ASSERT_TRUE(isAt(WizardStep::records));
    next();
    EXPECT_TRUE(isAt(WizardStep::verify));
}

TEST_F(Wizard, continuesASavedDomainWhereItWasLeft) {
    saveProfile("second.example");
    wizard.setDomain(QStringLiteral("second.example"));
    ASSERT_TRUE(button(QStringLiteral("Continue with “Verify”")));
    button(QStringLiteral("Continue with “Verify”"))->click();
    EXPECT_TRUE(isAt(WizardStep::verify));
    wizard.back();
    EXPECT_TRUE(isAt(WizardStep::server));
}

TEST_F(Wizard, asksBeforeItCloses) {
    enterDomain(QStringLiteral("example.org"));
    ASSERT_TRUE(canGoOn());
    next();
    QString asked;
    answer(QStringLiteral("Stay"), asked);
    QTest::keyClick(&wizard, Qt::Key_Escape);
    EXPECT_TRUE(wizard.isVisible());
    EXPECT_TRUE(asked.contains(QStringLiteral("is saved"))) << asked.toStdString();
    answer(QStringLiteral("Close"), asked);
    wizard.close();
    EXPECT_FALSE(wizard.isVisible());
}

TEST_F(Wizard, closesAtOnceWhereThereIsNothingToLose) {
    QTest::keyClick(&wizard, Qt::Key_Escape);
    EXPECT_FALSE(wizard.isVisible());
}

TEST_F(Wizard, goesOnOnlyWithConsentWhereNothingCanBeSaved) {
    QFile inTheWay(folder.filePath(QStringLiteral("profiles")));
    ASSERT_TRUE(inTheWay.open(QIODevice::WriteOnly));
    enterDomain(QStringLiteral("example.org"));
    ASSERT_TRUE(canGoOn());
    QString asked;
    answer(QStringLiteral("Stay here"), asked);
    next();
    EXPECT_TRUE(isAt(WizardStep::domain));
    EXPECT_FALSE(asked.isEmpty());
    answer(QStringLiteral("Go on without saving"), asked);
    next();
    EXPECT_TRUE(isAt(WizardStep::keys));
}

TEST_F(Wizard, tellsAFieldsProblemToScreenReaders) {
    enterDomain(QStringLiteral("user@example.org"));
    auto* field = wizard.findChild<QLineEdit*>(QStringLiteral("domain"));
    EXPECT_FALSE(field->accessibleDescription().isEmpty());
    QTest::keyClick(field, Qt::Key_Return);
    EXPECT_TRUE(isAt(WizardStep::domain));
    field->selectAll();
    QTest::keyClicks(field, QStringLiteral("example.org"));
    EXPECT_TRUE(field->accessibleDescription().isEmpty());
}
