#include "viewmodels/messageviewmodel.h"

#include "wizardfixture.h"

#include "dkim/sign.h"

#include <algorithm>

using namespace sealwright;
using namespace sealwright::test;

class MessageView : public WizardTest {
protected:
    MessageViewModel model{state};
    KeyPair key = KeyPair::generate(KeyAlgorithm::ed25519).value();

    void SetUp() override {
        resolver.add("s1._domainkey.example.org TXT v=DKIM1; k=ed25519; p=" + key.publicKey());
        resolver.add("_dmarc.example.org TXT v=DMARC1; p=reject");
    }
    [[nodiscard]] QString signedMail() const {
        const std::string mail = "From: Jörg <joe@example.org>\r\nSubject: x\r\n\r\nGrüße\r\n";
        dkim::SigningOptions options{dnsName("example.org"), dnsName("s1")};
        options.headers = {"From", "Subject"};
        return QString::fromStdString(dkim::sign(mail, key, options) + mail);
    }
    bool judged() {
        return waitUntil(model, &MessageViewModel::changed, [this] { return !model.isRunning(); });
    }
    QString write(const QString& name, const QByteArray& content) {
        QFile file(folder.filePath(name));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(content);
        return file.fileName();
    }
};

TEST_F(MessageView, judgesWhatIsPastedAndWhatIsOpened) {
    EXPECT_TRUE(model.summary().text.isEmpty());
    model.judgeText(signedMail().remove(u'\r')); // a text field knows LF only
    ASSERT_TRUE(judged());
    EXPECT_EQ(model.summary().severity, Severity::ok) << model.summary().text.toStdString();
    const auto pasted = model.lines();
    ASSERT_GE(pasted.size(), 3U);
    EXPECT_EQ(pasted.front().severity, Severity::ok);

    model.judgeFile(write(QStringLiteral("größe.eml"), signedMail().toUtf8()));
    ASSERT_TRUE(judged());
    EXPECT_EQ(model.summary().severity, Severity::ok);
    EXPECT_EQ(model.lines().front(), pasted.front());
}

TEST_F(MessageView, saysWhatIsWrongWithAMailAndWithWhatIsNone) {
    model.judgeText(signedMail() + QStringLiteral("footer\n"));
    ASSERT_TRUE(judged());
    EXPECT_EQ(model.summary().severity, Severity::error);
    EXPECT_EQ(model.lines().front().severity, Severity::error);
    for (const QString& text : {QString(), QStringLiteral("hello"), QStringLiteral("<!DOCTYPE html>")}) {
        model.judgeText(text);
        ASSERT_TRUE(judged());
        EXPECT_EQ(model.summary().severity, Severity::error);
        EXPECT_TRUE(model.lines().empty());
    }
    for (const QString& path : {folder.path(), folder.filePath(QStringLiteral("absent.eml"))}) {
        model.judgeFile(path);
        EXPECT_EQ(model.summary().severity, Severity::error);
        EXPECT_FALSE(model.summary().text.isEmpty());
    }
}

TEST_F(MessageView, stopsWhenAsked) {
    resolver.fail("_dmarc.example.org", AnswerStatus::timedOut);
    model.judgeText(signedMail());
    model.stop();
    ASSERT_TRUE(judged());
    EXPECT_FALSE(model.isRunning());
    EXPECT_FALSE(model.summary().text.isEmpty());
}

TEST_F(MessageView, keepsWhichKeyWasVerifiedByAReceiver) {
    Profile profile(dnsName("example.org"));
    profile.keys = {describe(key, *Selector::parse("s1"), clock.now())};
    overwrite(profile);
    open("example.org");
    model.judgeText(signedMail());
    ASSERT_TRUE(judged());
    EXPECT_TRUE(state.profile().verified.empty()); // Nobody has received it.
    model.judgeText(QStringLiteral("Return-Path: <joe@example.org>\r\n"
                                   "Received: from mail.example.org (mail.example.org [9.9.9.9]) by mx1.example.net; "
                                   "Tue, 24 Nov 2026 00:00:00 +0000\r\n") +
                    signedMail());
    ASSERT_TRUE(judged());
    const auto saved = store.load(dnsName("example.org"));
    ASSERT_EQ(saved->profile.verified.size(), 1U);
    EXPECT_EQ(saved->profile.verified.front().receiver, dnsName("example.net"));
    EXPECT_EQ(saved->profile.verified.front().fingerprint, profile.keys.front().fingerprint);
}
