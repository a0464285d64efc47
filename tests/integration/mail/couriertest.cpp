#include "dovecot.h"
#include "live/livecourier.h"
#include "submissionserver.h"
#include "support/fakeresolver.h"

#include <future>
#include <gmock/gmock.h>

namespace sealwright {
namespace {

using namespace std::chrono_literals;
using test::Conversation;
using test::Dovecot;
using test::ScriptedServer;
using test::SubmissionServer;
using testing::HasSubstr;

const test::TestAuthority authority;
const auto mailCertificate = authority.issue({{"mail.example.org"}});
const auto imapCertificate = authority.issue({{"imap.example.net"}});
const std::string message = "From: joe@example.org\r\nSubject: Sealwright test abc123\r\n"
                            "Message-ID: <abc123@example.org>\r\n\r\n.a line that begins with a dot\r\n..\r\n";

std::unique_ptr<MessageCourier> courier(std::chrono::milliseconds timeout = 10s) {
    const test::TemporaryFolder folder;
    NetworkOptions options;
    options.timeout = timeout;
    options.caFile = folder.write("ca.pem", authority.root().pem());
    return std::move(*LiveCourier::create(options));
}

EmailAddress address(std::string_view text) {
    return EmailAddress::parse(text).value();
}

MailAccount account(std::string_view host, std::uint16_t port, MailSecurity security, std::string_view user,
                    std::string_view password) {
    return {{test::dnsName(host), port, security},
            std::string(user),
            SecretBytes(password),
            {*IpAddress::parse("127.0.0.1")}};
}

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

TEST(Submission, SaysNoPasswordWithoutTlsToTheRightServer) {
    const std::pair<test::TestCertificate, std::string> others[] = {
        {authority.issue({{"other.example.org"}}), "hostname mismatch"},
        {test::TestCertificate::selfSigned({{"mail.example.org"}}), "self-signed certificate"},
        {authority.issue({{"mail.example.org"}, -48h, -24h}), "certificate has expired"}};
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
    for (const char* verb : {"EHLO", "AUTH", "RCPT", "."}) {
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

class Fetching : public testing::Test {
protected:
    [[nodiscard]] tl::expected<FetchedMessage, CourierProblem>
    fetch(MailSecurity security = MailSecurity::tls, std::chrono::seconds patience = 0s,
          const std::string& folder = "INBOX", std::string_view password = Dovecot::password) const {
        const std::uint16_t port = security == MailSecurity::tls ? dovecot.tlsPort() : dovecot.startTlsPort();
        return courier()->fetch({account("imap.example.net", port, security, Dovecot::user, password), folder},
                                "<abc123@example.org>", "abc123", patience, {});
    }

    Dovecot dovecot{imapCertificate};
};

TEST_F(Fetching, BringsTheMessageAndLeavesItAsItIs) {
    dovecot.deliver("From: x@example.com\r\nSubject: another\r\n\r\nhello\r\n");
    dovecot.deliver(message);
    dovecot.deliver("From: x@example.com\r\nSubject: one more\r\n\r\nhello\r\n");
    for (const MailSecurity security : {MailSecurity::tls, MailSecurity::startTls}) {
        const auto fetched = fetch(security);
        ASSERT_TRUE(fetched) << toString(fetched.error().code) << ' ' << fetched.error().what;
        EXPECT_EQ(fetched->source, message);
        EXPECT_EQ(fetched->folder, "INBOX");
        EXPECT_FALSE(fetched->isJunk);
    }
    EXPECT_EQ(dovecot.unread(), 3);
}

TEST_F(Fetching, SaysThatItLandedInJunk) {
    dovecot.deliverToJunk(message);
    const auto fetched = fetch();
    ASSERT_TRUE(fetched) << toString(fetched.error().code) << ' ' << fetched.error().what;
    EXPECT_EQ(fetched->source, message);
    EXPECT_EQ(fetched->folder, "Unwanted");
    EXPECT_TRUE(fetched->isJunk);
}

TEST_F(Fetching, KnowsItWithAnotherMessageId) {
    dovecot.deliver("Subject: Re: Sealwright test abc123\r\nMessage-ID: <new@example.com>\r\n\r\nhello\r\n");
    EXPECT_TRUE(fetch());
}

TEST_F(Fetching, WaitsUntilItArrives) {
    auto fetched = std::async(std::launch::async, [this] { return fetch(MailSecurity::tls, 60s); });
    EXPECT_EQ(fetched.wait_for(1s), std::future_status::timeout);
    dovecot.deliver(message);
    EXPECT_TRUE(fetched.get());
}

TEST_F(Fetching, TellsWhyThereIsNone) {
    EXPECT_EQ(fetch().error().code, CourierError::notArrived);
    EXPECT_EQ(fetch(MailSecurity::tls, 0s, "Absent").error().code, CourierError::folderMissing);
    const auto refused = fetch(MailSecurity::tls, 0s, "INBOX", "wrong");
    EXPECT_EQ(refused.error().code, CourierError::loginRefused);
    EXPECT_THAT(refused.error().what, HasSubstr("Authentication failed"));
    const auto wrongName = courier()->fetch(
        {account("mail.example.net", dovecot.tlsPort(), MailSecurity::tls, Dovecot::user, Dovecot::password)}, "<a@b>",
        "a", 0s, {});
    EXPECT_EQ(wrongName.error().code, CourierError::badCertificate);
}

tl::expected<FetchedMessage, CourierProblem>
fetchFrom(const ScriptedServer& server, std::chrono::milliseconds timeout = 10s, const std::stop_token& stop = {}) {
    return courier(timeout)->fetch(
        {account("imap.example.net", server.port(), MailSecurity::tls, Dovecot::user, Dovecot::password)}, "<a@b>", "a",
        1h, stop);
}

/// Says OK to everything, and before the end of the answer to `verb` this.
ScriptedServer::Script saying(const std::string& verb, const std::string& octets) {
    return [verb, octets](Conversation& conversation) {
        conversation.startTls(imapCertificate);
        conversation.say("* OK ready\r\n");
        for (std::string line = conversation.hear(); !line.empty(); line = conversation.hear()) {
            conversation.say((line.find(verb) != std::string::npos ? octets : "") + line.substr(0, line.find(' ')) +
                             " OK done\r\n");
        }
    };
}

TEST(ImapServers, ThatMisbehaveAreTold) {
    struct Case {
        std::string verb;
        std::string octets;
        CourierError code;
    };
    const std::string found = "* SEARCH 1\r\n";
    for (const auto& [verb, octets, code] : {
             Case{"LIST", std::string(5000, 'x') + "\r\n", CourierError::garbled},
             Case{"UID", "* SEARCH 1\r\n* 1 FETCH (BODY[] {4000000000}\r\n", CourierError::tooLong},
             Case{"UID", "* SEARCH 1\r\n* 1 FETCH (BODY[] {20000000}\r\n* 1 FETCH (BODY[] {20000000}\r\n",
                  CourierError::timedOut},
         }) {
        const ScriptedServer server(saying(verb, octets));
        EXPECT_EQ(toString(fetchFrom(server, 500ms).error().code), toString(code)) << verb;
    }
    const ScriptedServer endless([](Conversation& conversation) {
        conversation.startTls(imapCertificate);
        conversation.say("* OK ready\r\n");
        while (conversation.say("* LIST () \"/\" Spam\r\n")) {
        }
    });
    EXPECT_EQ(fetchFrom(endless).error().code, CourierError::garbled);
    const ScriptedServer closed([](Conversation& conversation) {
        conversation.startTls(imapCertificate);
        conversation.say("* BYE too many users\r\n");
    });
    EXPECT_EQ(fetchFrom(closed).error(), problem(CourierError::serverRefused, "too many users"));
}

TEST(ImapServers, AreLeftAtOnce) {
    const ScriptedServer silent([](Conversation& conversation) {
        conversation.startTls(imapCertificate);
        conversation.keepSilent();
    });
    const ScriptedServer waiting(saying("", ""));
    for (const ScriptedServer* server : {&silent, &waiting}) {
        std::stop_source stop;
        const std::jthread stopper([&stop] {
            std::this_thread::sleep_for(200ms);
            stop.request_stop();
        });
        EXPECT_EQ(fetchFrom(*server, 1h, stop.get_token()).error().code, CourierError::cancelled);
    }
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
