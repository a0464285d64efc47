#include "trustingcourier.h"

#include <gmock/gmock.h>
#include <thread>

namespace sealwright {
namespace {

using namespace std::chrono_literals;
using test::account;
using test::address;
using test::Conversation;
using test::courier;
using test::ScriptedServer;
using test::SubmissionServer;
using testing::HasSubstr;

const auto mailCertificate = test::testAuthority().issue({{"mail.example.org"}});
const std::string message = "From: joe@example.org\r\nSubject: Sealwright test abc123\r\n"
                            "Message-ID: <abc123@example.org>\r\n\r\n.a line that begins with a dot\r\n..\r\n";

tl::expected<void, CourierProblem> send(std::uint16_t port, MailSecurity security = MailSecurity::startTls,
                                        std::string_view password = SubmissionServer::password,
                                        std::chrono::milliseconds timeout = 10s, const std::stop_token& stop = {}) {
    return courier(timeout)->send(account("mail.example.org", port, security, SubmissionServer::user, password),
                                  address("joe@example.org"), address("me@example.net"), message, stop);
}

void nowhere(const std::string& /*message*/) {}

TEST(Submission, HandsTheMessageOver) {
    struct Case {
        std::string mechanisms;
        bool tlsAtOnce;
    };
    for (const auto& [mechanisms, tlsAtOnce] : {Case{"PLAIN LOGIN", false}, Case{"CRAM-MD5 LOGIN", true}}) {
        std::string arrived;
        const SubmissionServer server(mailCertificate, [&](const std::string& octets) { arrived = octets; },
                                      {.mechanisms = mechanisms, .tlsAtOnce = tlsAtOnce});
        const auto sent = send(server.port(), tlsAtOnce ? MailSecurity::tls : MailSecurity::startTls);
        EXPECT_TRUE(sent) << toString(sent.error().code) << ' ' << sent.error().what;
        EXPECT_EQ(arrived, message);
    }
}

TEST(Submission, TellsWhoRefusedWhatInTheServersWords) {
    struct Case {
        std::string verb;
        CourierError code;
    };
    for (const auto& [verb, code] :
         {Case{"", CourierError::serverRefused}, Case{"EHLO", CourierError::serverRefused},
          Case{"STARTTLS", CourierError::noTls}, Case{"AUTH", CourierError::loginRefused},
          Case{"MAIL", CourierError::senderRefused}, Case{"RCPT", CourierError::recipientRefused},
          Case{"DATA", CourierError::messageRefused}, Case{".", CourierError::messageRefused}}) {
        const SubmissionServer server(mailCertificate, nowhere, {.replies = {{verb, "554-5.7.1 No,\r\n554 never"}}});
        const auto sent = send(server.port());
        ASSERT_FALSE(sent) << verb;
        EXPECT_EQ(toString(sent.error().code), toString(code)) << verb;
        EXPECT_EQ(sent.error().what, "554 5.7.1 No, never");
    }
    const SubmissionServer server(mailCertificate, nowhere);
    EXPECT_EQ(send(server.port(), MailSecurity::startTls, "wrong").error(),
              problem(CourierError::loginRefused, "535 5.7.8 Wrong password"));
}

// RFC 4954 section 6: 454 says nothing of the password. RFC 5321 section 3.8: 421 nothing of what was asked.
TEST(Submission, TellsARefusalForNowFromOneOfThePassword) {
    for (const auto& [verb, reply] :
         {std::pair("AUTH", "454 4.7.0 Temporary authentication failure"), std::pair("AUTH", "421 4.3.2 Shutting down"),
          std::pair("", "421 Too busy"), std::pair("MAIL", "421 4.3.2 Shutting down")}) {
        const SubmissionServer server(mailCertificate, nowhere, {.replies = {{verb, reply}}});
        EXPECT_EQ(send(server.port()).error(), problem(CourierError::tryLater, reply)) << verb;
    }
}

// RFC 4954 section 4: who does not ask for the password has not judged it.
TEST(Submission, BlamesNoPasswordThatWasNotAskedFor) {
    const ScriptedServer server([](Conversation& c) {
        c.startTls(mailCertificate);
        c.say("220 mail\r\n");
        for (std::string line = c.hear(); !line.empty(); line = c.hear()) {
            c.say(line.starts_with("EHLO") ? "250-mail\r\n250 AUTH PLAIN\r\n" : "504 5.5.4 Not here\r\n");
        }
    });
    EXPECT_EQ(send(server.port(), MailSecurity::tls).error(), problem(CourierError::noLogin, "504 5.5.4 Not here"));
}

// RFC 5321 section 3.4
TEST(Submission, TakesItThatTheRecipientIsElsewhere) {
    for (const char* reply : {"251 2.1.5 Will forward", "252 2.5.2 Will try"}) {
        const SubmissionServer server(mailCertificate, nowhere, {.replies = {{"RCPT", reply}}});
        EXPECT_TRUE(send(server.port())) << reply;
    }
}

TEST(Submission, IntroducesItselfByItsAddress) {
    std::vector<std::string> hellos;
    const auto note = [&hellos](const std::string& line) {
        if (line.starts_with("EHLO")) {
            hellos.push_back(line);
        }
    };
    const SubmissionServer server(mailCertificate, nowhere, {.onLine = note});
    EXPECT_TRUE(send(server.port()));
    EXPECT_THAT(hellos, testing::ElementsAre("EHLO [127.0.0.1]", "EHLO [127.0.0.1]"));
    hellos.clear();
    const SubmissionServer picky(mailCertificate, nowhere,
                                 {.replies = {{"EHLO", "550 A name, please"}}, .onLine = note});
    EXPECT_EQ(send(picky.port()).error().code, CourierError::serverRefused);
    EXPECT_THAT(hellos, testing::ElementsAre("EHLO [127.0.0.1]", "EHLO example.org"));
}

TEST(Submission, SaysNoPasswordWithoutTlsToTheRightServer) {
    const std::pair<test::TestCertificate, std::string> others[] = {
        {test::testAuthority().issue({{"other.example.org"}}), "hostname mismatch"},
        {test::TestCertificate::selfSigned({{"mail.example.org"}}), "self-signed certificate"},
        {test::testAuthority().issue({{"mail.example.org"}, -48h, -24h}), "certificate has expired"}};
    for (const auto& [certificate, why] : others) {
        const SubmissionServer server(certificate, nowhere);
        const auto sent = send(server.port());
        ASSERT_FALSE(sent) << why;
        EXPECT_EQ(sent.error().code, CourierError::badCertificate);
        EXPECT_THAT(sent.error().what, HasSubstr(why));
    }
    const SubmissionServer noTls(mailCertificate, nowhere, {.replies = {{"EHLO", "250-mail\r\n250 AUTH PLAIN"}}});
    EXPECT_EQ(send(noTls.port()).error().code, CourierError::noTls);
    const SubmissionServer unknown(mailCertificate, nowhere, {.mechanisms = "CRAM-MD5 XOAUTH2"});
    EXPECT_EQ(send(unknown.port()).error().code, CourierError::noLogin);
}

TEST(Submission, TellsHowFarItCame) {
    EXPECT_EQ(send(1).error().code, CourierError::unreachable);
    for (const char* verb : {"EHLO", "AUTH", "RCPT"}) {
        const SubmissionServer silent(mailCertificate, nowhere, {.silentAt = verb});
        EXPECT_EQ(send(silent.port(), MailSecurity::startTls, SubmissionServer::password, 200ms).error().code,
                  CourierError::timedOut)
            << verb;
    }
    const ScriptedServer closing([](Conversation& c) { c.say("220 hello\r\n"); });
    EXPECT_EQ(send(closing.port()).error().code, CourierError::closed);
    const ScriptedServer other([](Conversation& c) { c.say("SSH-2.0-OpenSSH\r\n"); });
    EXPECT_EQ(send(other.port()).error(), problem(CourierError::garbled, "SSH-2.0-OpenSSH"));
    EXPECT_EQ(send(other.port(), MailSecurity::tls).error().code, CourierError::tlsFailed);
}

// RFC 5321 section 4.5.3.2.6: ten minutes, where a command has ten seconds.
TEST(Submission, LeavesOpenWhatBecameOfAMessageThatWasNotAnswered) {
    std::string arrived;
    const SubmissionServer slow(mailCertificate, [&](const std::string& octets) {
        std::this_thread::sleep_for(1s);
        arrived = octets;
    });
    EXPECT_TRUE(send(slow.port(), MailSecurity::startTls, SubmissionServer::password, 100ms));
    EXPECT_EQ(arrived, message);
    const SubmissionServer silent(mailCertificate, nowhere, {.silentAt = "."});
    EXPECT_EQ(send(silent.port(), MailSecurity::startTls, SubmissionServer::password, 50ms).error().code,
              CourierError::perhapsSent);
    const SubmissionServer odd(mailCertificate, nowhere, {.replies = {{".", "what?"}}});
    EXPECT_EQ(send(odd.port()).error().code, CourierError::perhapsSent);
}

TEST(Submission, StopsAtOnce) {
    const SubmissionServer silent(mailCertificate, nowhere, {.silentAt = "MAIL"});
    std::stop_source stop;
    const std::jthread stopper([&stop] {
        std::this_thread::sleep_for(100ms);
        stop.request_stop();
    });
    const auto sent = send(silent.port(), MailSecurity::startTls, SubmissionServer::password, 1h, stop.get_token());
    EXPECT_EQ(sent.error().code, CourierError::cancelled);
}

TEST(LiveCourier, GoesNowhereOffLine) {
    NetworkOptions options;
    options.offline = true;
    const auto made = LiveCourier::create(options);
    EXPECT_EQ((*made)
                  ->send(account("mail.example.org", 587, MailSecurity::startTls, "joe", "x"),
                         address("joe@example.org"), address("me@example.net"), message, {})
                  .error()
                  .code,
              CourierError::offline);
}

} // namespace
} // namespace sealwright
