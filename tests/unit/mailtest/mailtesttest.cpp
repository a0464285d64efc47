#include "mailtest/mailtest.h"

#include "dkim/sign.h"
#include "mailtest/keptpasswords.h"
#include "mailtest/testmessage.h"
#include "message/date.h"
#include "support/fakecourier.h"
#include "support/fakeresolver.h"

#include <gmock/gmock.h>

namespace sealwright {
namespace {

using namespace std::chrono_literals;
using test::dnsName;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

EmailAddress address(std::string_view text) {
    return EmailAddress::parse(text).value();
}

class FixedClock final : public Clock {
public:
    [[nodiscard]] std::chrono::sys_seconds now() const override {
        return std::chrono::sys_days(std::chrono::year(2026) / 11 / 28);
    }
};

TEST(TestMessage, IsAMessageOfRfc5322) {
    const TestMessage message =
        composeTestMessage(address("joe@example.org"), address("me@example.net"), FixedClock().now(), "abc123");
    const auto header = message::Header::parse(message.source);
    EXPECT_EQ(message.id, "<sealwright.abc123@example.org>");
    EXPECT_EQ(header.lineEndings, message::LineEndings::crlf);
    std::vector<std::string> fields;
    for (const message::HeaderField& field : header.fields) {
        fields.push_back(field.raw);
    }
    EXPECT_THAT(fields, ElementsAre("Date: Sat, 28 Nov 2026 00:00:00 +0000", "From: joe@example.org",
                                    "To: me@example.net", "Message-ID: <sealwright.abc123@example.org>",
                                    "Subject: Sealwright test abc123", "MIME-Version: 1.0",
                                    "Content-Type: text/plain; charset=us-ascii", "Content-Transfer-Encoding: 7bit"));
    EXPECT_LT(header.bodyBegin, message.source.size());
    EXPECT_TRUE(message.source.ends_with("\r\n"));
}

TEST(TestMessage, HasATokenThatNoOtherHas) {
    EXPECT_THAT(randomToken(), SizeIs(16));
    EXPECT_NE(randomToken(), randomToken());
}

TEST(TestMessage, IsKnownByItsId) {
    const std::string token = randomToken();
    const std::string id = "<sealwright." + token + "@example.org>";
    for (const std::string& text : {id, " " + id + "\r\n", id.substr(1, id.size() - 2)}) {
        const auto message = testMessageOf(text);
        ASSERT_TRUE(message) << text;
        EXPECT_EQ(message->id, id);
        EXPECT_EQ(message->token, token);
    }
    for (const std::string& text :
         {std::string(), std::string("<>"), std::string("<abc@example.org>"), "<" + token + "@example.org>",
          "<sealwright." + token + ">", "<sealwright." + token + "x@example.org>", "<sealwright." + token + "@>",
          "<sealwright." + token + "@example.org> x", "<sealwright." + token + "@exa\r\nmple.org>",
          std::string("<sealwright.abcdefghabcdefg\"@example.org>")}) {
        EXPECT_FALSE(testMessageOf(text)) << text;
    }
}

TEST(TestMessage, IsNoOtherMessage) {
    const std::string id = "<sealwright.abc@example.org>";
    const auto isOurs = [&](std::string_view source) { return isTestMessage(source, id, "abc"); };
    EXPECT_TRUE(isOurs("From: x\r\nMessage-Id:\r\n " + id + "\r\n\r\n"));
    EXPECT_TRUE(isOurs("Subject: [list] Sealwright test abc\r\nMessage-ID: <new@example.com>\r\n\r\nhello"));
    EXPECT_FALSE(isOurs("Subject: hello\r\nMessage-ID: <new@example.com>\r\n\r\n"));
    EXPECT_FALSE(isOurs("Subject: hello\r\n\r\nSubject: Sealwright test abc\r\nMessage-ID: " + id + "\r\n"));
    EXPECT_FALSE(isOurs("References: " + id + "\r\n\r\n"));
    EXPECT_FALSE(isOurs(""));
}

class MailTests : public testing::Test {
protected:
    MailTests() {
        profile.keys = {describe(key, *Selector::parse("s1"), {})};
        resolver.add("s1._domainkey.example.org TXT v=DKIM1; k=ed25519; p=" + key.publicKey());
    }

    /// As the server of the domain signs it, and the receiver's writes down where it came from.
    [[nodiscard]] std::string signedBy(const KeyPair& signer, const std::string& message) const {
        dkim::SigningOptions options{dnsName("example.org"), dnsName("s1")};
        options.headers = {"From", "Subject"};
        return "Return-Path: <postmaster@example.org>\r\n"
               "Received: from mail.example.org (mail.example.org [9.9.9.9]) by mx.example.net; Sat, 28 Nov 2026 "
               "00:00:01 +0000\r\n" +
               dkim::sign(message, signer, options) + message;
    }

    MailTestOutcome run(const std::stop_token& stop = {}) {
        MailAccount submission{*parseSubmissionServer("mail.example.org"), "joe", SecretBytes(std::string_view("pw"))};
        const EmailAddress from = defaultTestSender(profile.domain);
        const EmailAddress to = address("me@example.net");
        return runMailTest(
            {profile, from, to, submission, mailbox}, {courier, resolver, clock},
            [this](MailTestStage stage) { stages.push_back(stage); }, stop);
    }

    KeyPair key = KeyPair::generate(KeyAlgorithm::ed25519).value();
    Profile profile{dnsName("example.org")};
    test::FakeResolver resolver{R"(
        mail.example.org    A    192.0.2.25
        imap.example.net    AAAA 2001:db8::1
        example.org         TXT  v=spf1 ip4:9.9.9.9 -all
        _dmarc.example.org  TXT  v=DMARC1; p=reject
    )"};
    test::FakeCourier courier;
    FixedClock clock;
    std::optional<Mailbox> mailbox{
        Mailbox{{*parseImapServer("imap.example.net"), "me", SecretBytes(std::string_view("pw2"))}}};
    std::vector<MailTestStage> stages;
};

TEST_F(MailTests, JudgesWhatArrivesAndSaysWithWhichKey) {
    courier.arrives = [this](const auto& sent) { return signedBy(key, sent.message); };
    const MailTestOutcome outcome = run();
    ASSERT_TRUE(outcome.arrival);
    EXPECT_FALSE(outcome.problem);
    EXPECT_EQ(outcome.arrival->verdict.dmarc->result, dmarc::Result::pass);
    EXPECT_EQ(outcome.arrival->verdict.spf->result, spf::Result::pass);
    EXPECT_EQ(outcome.arrival->folder, "INBOX");
    EXPECT_THAT(outcome.arrival->keys, ElementsAre(profile.keys.front()));
    EXPECT_THAT(stages, ElementsAre(MailTestStage::opening, MailTestStage::sending, MailTestStage::waiting,
                                    MailTestStage::judging));
    ASSERT_THAT(courier.awaited, SizeIs(1));
    EXPECT_EQ(courier.awaited.front().id, outcome.messageId);
    EXPECT_TRUE(courier.awaited.front().isNew);
    ASSERT_THAT(courier.sent, SizeIs(1));
    EXPECT_EQ(courier.sent.front().from.toString(), "postmaster@example.org");
    EXPECT_THAT(courier.sent.front().message, HasSubstr("Message-ID: " + outcome.messageId));

    for (int i = 0; i < 25; ++i) {
        noteVerified(profile, outcome.arrival->keys, dnsName("example.net"), clock.now() + std::chrono::seconds(i));
    }
    EXPECT_THAT(profile.verified, SizeIs(mostVerifiedMessages));
    EXPECT_EQ(profile.verified.back().when, clock.now() + 24s);
    EXPECT_EQ(profile.verified.back().fingerprint, profile.keys.front().fingerprint);
}

TEST_F(MailTests, AnotherKeyUnderTheSameSelectorIsNotOurs) {
    const KeyPair other = KeyPair::generate(KeyAlgorithm::ed25519).value();
    resolver.remove("s1._domainkey.example.org", RecordType::txt);
    resolver.add("s1._domainkey.example.org TXT v=DKIM1; k=ed25519; p=" + other.publicKey());
    courier.arrives = [&](const auto& sent) { return signedBy(other, sent.message); };
    const MailTestOutcome outcome = run();
    ASSERT_TRUE(outcome.arrival);
    EXPECT_EQ(outcome.arrival->verdict.dmarc->result, dmarc::Result::pass);
    EXPECT_THAT(outcome.arrival->keys, IsEmpty());
}

TEST_F(MailTests, SendsNothingWhereTheMailboxCannotBeRead) {
    courier.mailboxRefusal = problem(CourierError::loginRefused, "NO");
    const MailTestOutcome refused = run();
    EXPECT_EQ(refused.problem, courier.mailboxRefusal);
    EXPECT_TRUE(refused.isAtMailbox);
    EXPECT_TRUE(refused.messageId.empty());
    EXPECT_THAT(courier.sent, IsEmpty());
}

TEST_F(MailTests, SendsNothingInVain) {
    resolver.remove("imap.example.net", RecordType::aaaa);
    EXPECT_EQ(run().problem, problem(CourierError::unknownHost, "imap.example.net"));
    resolver.fail("imap.example.net", AnswerStatus::timedOut);
    EXPECT_EQ(run().problem->code, CourierError::dnsFailure);
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(run(stop.get_token()).problem->code, CourierError::cancelled);
    EXPECT_THAT(courier.sent, IsEmpty());
}

TEST_F(MailTests, JudgesNoMessageButItsOwn) {
    courier.arrives = [](const auto&) {
        return std::string("From: x@example.com\r\nSubject: another\r\n\r\nhello\r\n");
    };
    const MailTestOutcome outcome = run();
    EXPECT_FALSE(outcome.arrival);
    EXPECT_EQ(outcome.problem->code, CourierError::garbled);
}

TEST_F(MailTests, LooksForWhatWasPerhapsSent) {
    courier.refusal = problem(CourierError::perhapsSent, "silence");
    const MailTestOutcome lost = run();
    EXPECT_EQ(lost.problem, courier.refusal);
    EXPECT_FALSE(lost.isAtMailbox);
    EXPECT_FALSE(lost.messageId.empty());
    courier.arrives = [this](const auto& sent) { return signedBy(key, sent.message); };
    const MailTestOutcome found = run();
    EXPECT_TRUE(found.arrival);
    EXPECT_FALSE(found.problem);
}

TEST_F(MailTests, LooksAgainForWhatWasLate) {
    const MailTestOutcome late = run();
    ASSERT_EQ(late.problem->code, CourierError::notArrived);
    courier.arrives = [this](const auto& sent) { return signedBy(key, sent.message); };
    const auto again = [&](const std::string& id) {
        return lookAgain({profile, id, *mailbox}, {courier, resolver, clock}, [](MailTestStage) {}, {});
    };
    const MailTestOutcome found = again(late.messageId);
    ASSERT_TRUE(found.arrival);
    EXPECT_FALSE(found.arrival->took);
    EXPECT_EQ(found.messageId, late.messageId);
    EXPECT_THAT(found.arrival->keys, SizeIs(1));
    EXPECT_THAT(courier.sent, SizeIs(1));
    EXPECT_FALSE(courier.awaited.back().isNew);
    EXPECT_LT(courier.awaited.back().since, clock.now() - std::chrono::days(7));
    EXPECT_EQ(again("<x@example.org>").problem->code, CourierError::notArrived);
}

TEST_F(MailTests, KnowsWhichServerTookItsPassword) {
    const auto logins = [this] {
        const MailTestOutcome outcome = run();
        return std::pair(loginToSend(outcome), loginToRead(outcome));
    };
    EXPECT_EQ(logins(), std::pair(Login::accepted, Login::accepted));
    courier.refusal = problem(CourierError::loginRefused);
    EXPECT_EQ(logins(), std::pair(Login::refused, Login::accepted));
    courier.refusal = problem(CourierError::tryLater);
    EXPECT_EQ(logins(), std::pair(Login::unknown, Login::accepted));
    courier.mailboxRefusal = problem(CourierError::loginRefused);
    EXPECT_EQ(logins(), std::pair(Login::unknown, Login::refused));
    courier.mailboxRefusal = problem(CourierError::noLogin);
    EXPECT_EQ(logins(), std::pair(Login::unknown, Login::unknown));
    courier.mailboxRefusal = problem(CourierError::folderMissing);
    EXPECT_EQ(logins(), std::pair(Login::unknown, Login::accepted));
}

TEST_F(MailTests, TellsHowFarItCame) {
    EXPECT_EQ(run().problem->code, CourierError::notArrived);
    EXPECT_FALSE(run().messageId.empty());
    courier.arrives = [](const auto&) { return std::string(); };
    EXPECT_EQ(run().problem->code, CourierError::garbled);
    courier.refusal = problem(CourierError::senderRefused, "550 no");
    const MailTestOutcome refused = run();
    EXPECT_EQ(refused.problem->what, "550 no");
    EXPECT_TRUE(refused.messageId.empty());
    courier.refusal.reset();
    mailbox.reset();
    const MailTestOutcome sent = run();
    EXPECT_FALSE(sent.problem || sent.arrival);
    EXPECT_FALSE(sent.messageId.empty());
}

} // namespace
} // namespace sealwright
