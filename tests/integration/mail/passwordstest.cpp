#include "messagefixture.h"

using namespace sealwright;
using namespace sealwright::test;
using namespace Qt::StringLiterals;

// Under tests/support/keyringsession.py: passwords in a real keyring.
class KeptPasswords : public MessageTest {
protected:
    void SetUp() override {
        if (qEnvironmentVariable("SEALWRIGHT_KEYRING") != u"unlocked"_s) {
            GTEST_SKIP() << "needs a keyring that is open";
        }
        MessageTest::SetUp();
    }
    Done testAndKeep() { return testWithMailbox({u"--keep-passwords"_s}); }
    void clearVariables() {
        environment_.remove(u"SEALWRIGHT_SMTP_PASSWORD"_s);
        environment_.remove(u"SEALWRIGHT_IMAP_PASSWORD"_s);
    }
};

TEST_F(KeptPasswords, areTakenFromTheKeychainUntilTheyAreForgotten) {
    const Done first = testAndKeep();
    ASSERT_EQ(first.status, 0) << first.err.toStdString();
    EXPECT_FALSE(first.err.contains("keychain")) << first.err.toStdString();
    clearVariables(); // And there is no terminal.
    EXPECT_EQ(testWithMailbox().status, 2);
    const Done second = testAndKeep();
    EXPECT_EQ(second.status, 0) << second.err.toStdString();
    EXPECT_EQ(message(second)[u"folder"_s], u"INBOX"_s);

    setVariables();
    const Done forgetting = testWithMailbox({u"--forget-passwords"_s});
    EXPECT_EQ(forgetting.status, 0) << forgetting.err.toStdString();
    clearVariables();
    const Done third = testAndKeep();
    EXPECT_EQ(third.status, 2) << third.out.toStdString();
    EXPECT_TRUE(third.err.contains("SEALWRIGHT_SMTP_PASSWORD")) << third.err.toStdString();
}

TEST_F(KeptPasswords, areNotKeptWhereTheyAreRefused) {
    environment_.insert(u"SEALWRIGHT_SMTP_PASSWORD"_s, u"wrong"_s);
    EXPECT_EQ(message(testAndKeep())[u"problem"_s], u"login-refused"_s);
    clearVariables();
    EXPECT_EQ(testAndKeep().status, 2);
}
