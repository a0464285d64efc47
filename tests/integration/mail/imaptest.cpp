#include "dovecot.h"
#include "trustingcourier.h"

#include <atomic>
#include <future>
#include <gmock/gmock.h>

namespace sealwright {
namespace {

using namespace std::chrono_literals;
using test::account;
using test::address;
using test::Conversation;
using test::courier;
using test::Dovecot;
using test::ScriptedServer;
using testing::HasSubstr;

const auto imapCertificate = test::testAuthority().issue({{"imap.example.net"}});
const std::string message = "From: joe@example.org\r\nSubject: Sealwright test abc123\r\n"
                            "Message-ID: <abc123@example.org>\r\n\r\n.a line that begins with a dot\r\n..\r\n";

const SentMessage sentBefore{"<abc123@example.org>", "abc123", false,
                             std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) - 24h};

/// Opens the mailbox and waits for the message.
tl::expected<FetchedMessage, CourierProblem> fetchOnce(MessageCourier& from, const Mailbox& mailbox,
                                                       std::chrono::seconds patience,
                                                       const std::stop_token& stop = {}) {
    return from.open(mailbox, stop).and_then([&](const std::unique_ptr<OpenMailbox>& opened) {
        return opened->waitFor(sentBefore, patience);
    });
}

class Fetching : public testing::Test {
protected:
    [[nodiscard]] Mailbox mailbox(MailSecurity security = MailSecurity::tls, const std::string& folder = "INBOX",
                                  std::string_view password = Dovecot::password) const {
        const std::uint16_t port = security == MailSecurity::tls ? dovecot.tlsPort() : dovecot.startTlsPort();
        return {account("imap.example.net", port, security, Dovecot::user, password), folder};
    }
    [[nodiscard]] tl::expected<FetchedMessage, CourierProblem>
    fetch(MailSecurity security = MailSecurity::tls, std::chrono::seconds patience = 0s,
          const std::string& folder = "INBOX", std::string_view password = Dovecot::password) const {
        return fetchOnce(*courier(), mailbox(security, folder, password), patience);
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

TEST_F(Fetching, LooksOnlyAtWhatCameSinceTheMailboxWasOpened) {
    const auto from = courier();
    const Mailbox opening = mailbox();
    dovecot.deliver(message);
    const auto opened = from->open(opening, {});
    ASSERT_TRUE(opened);
    SentMessage sent = sentBefore;
    sent.isNew = true;
    dovecot.deliver("Subject: another\r\n\r\nhello\r\n");
    EXPECT_EQ((*opened)->waitFor(sent, 0s).error().code, CourierError::notArrived);
    dovecot.deliverToJunk(message);
    const auto fetched = (*opened)->waitFor(sent, 0s);
    ASSERT_TRUE(fetched) << toString(fetched.error().code) << ' ' << fetched.error().what;
    EXPECT_EQ(fetched->folder, "Unwanted");
}

TEST_F(Fetching, KnowsThatTheFolderItIsToLookIntoIsForJunk) {
    dovecot.deliverToJunk(message);
    const auto fetched = fetch(MailSecurity::tls, 0s, "Unwanted");
    ASSERT_TRUE(fetched) << toString(fetched.error().code) << ' ' << fetched.error().what;
    EXPECT_TRUE(fetched->isJunk);
}

TEST_F(Fetching, FindsFoldersWithLettersBeyondAscii) {
    dovecot.deliverTo("Entwürfe", message);
    const auto fetched = fetch(MailSecurity::tls, 0s, "Entwürfe");
    ASSERT_TRUE(fetched) << toString(fetched.error().code) << ' ' << fetched.error().what;
    EXPECT_EQ(fetched->folder, "Entwürfe");
    EXPECT_FALSE(fetched->isJunk);
    dovecot.deliverTo("Courrier indésirable", message);
    const auto unwanted = fetch();
    ASSERT_TRUE(unwanted) << toString(unwanted.error().code) << ' ' << unwanted.error().what;
    EXPECT_EQ(unwanted->folder, "Courrier indésirable");
    EXPECT_TRUE(unwanted->isJunk);
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
    const auto wrongName = fetchOnce(
        *courier(),
        {account("mail.example.net", dovecot.tlsPort(), MailSecurity::tls, Dovecot::user, Dovecot::password)}, 0s);
    EXPECT_EQ(wrongName.error().code, CourierError::badCertificate);
}

tl::expected<FetchedMessage, CourierProblem> fetchFrom(const ScriptedServer& server,
                                                       std::chrono::milliseconds timeout = 10s,
                                                       std::chrono::seconds patience = 0s,
                                                       const std::stop_token& stop = {}) {
    return fetchOnce(*courier(timeout),
                     {account("imap.example.net", server.port(), MailSecurity::tls, Dovecot::user, Dovecot::password)},
                     patience, stop);
}

/// An IMAP server that says OK to everything; of each command a test may say more.
class ImapScript {
public:
    using Answer = std::function<std::string(const std::string& tag, const std::string& line)>;

    /// What it says instead of "<tag> OK done" to commands with this in them. The first that fits counts.
    ImapScript& to(const std::string& part, Answer answer) {
        answers_.emplace_back(part, std::move(answer));
        return *this;
    }
    /// The same, said before the OK.
    ImapScript& before(const std::string& part, const std::string& octets) {
        return to(part, [octets](const std::string& tag, const std::string&) { return octets + tag + " OK done\r\n"; });
    }
    /// With a mailbox that has these messages, numbered from 1 on. A search finds them all.
    ImapScript& with(const std::vector<std::string>& messages) {
        std::string found = "* SEARCH";
        for (std::size_t i = 1; i <= messages.size(); ++i) {
            found += " " + std::to_string(i);
            const std::string& octets = messages[i - 1];
            for (const std::string section : {"[HEADER]", "[]"}) {
                before("UID FETCH " + std::to_string(i) + " BODY.PEEK" + section,
                       "* " + std::to_string(i) + " FETCH (BODY" + section + " {" + std::to_string(octets.size()) +
                           "}\r\n" + octets + ")\r\n");
            }
        }
        return before("UID SEARCH", found + "\r\n");
    }

    void operator()(Conversation& conversation) const {
        conversation.startTls(imapCertificate);
        conversation.say("* OK ready\r\n");
        for (std::string line = conversation.hear(); !line.empty(); line = conversation.hear()) {
            const std::string tag = line.substr(0, line.find(' '));
            const auto found = std::ranges::find_if(
                answers_, [&line](const auto& answer) { return line.find(answer.first) != std::string::npos; });
            const std::string said = found == answers_.end() ? tag + " OK done\r\n" : found->second(tag, line);
            if (said.empty() || !conversation.say(said)) {
                return;
            }
        }
    }

private:
    std::vector<std::pair<std::string, Answer>> answers_;
};

TEST(ImapServers, ThatMisbehaveAreTold) {
    struct Case {
        std::string verb;
        std::string octets;
        CourierError code;
    };
    const std::string literal = "{20000000}\r\n";
    for (const auto& [verb, octets, code] : {
             Case{"LIST", std::string(70'000, 'x') + "\r\n", CourierError::garbled},
             Case{"LIST", "* LIST () \"/\" " + literal, CourierError::tooLong},
             Case{"UID SEARCH", "* SEARCH 1\r\n* 1 FETCH (BODY[] {4000000000}\r\n", CourierError::tooLong},
             Case{"UID FETCH", "* 1 FETCH (BODY[] {4000000000}\r\n", CourierError::tooLong},
             Case{"UID FETCH", "* 1 FETCH (BODY[] " + literal, CourierError::timedOut},
             Case{"UID FETCH", "* 1 FETCH (X " + literal + std::string(20'000'000, 'x') + " BODY[] " + literal,
                  CourierError::tooLong},
         }) {
        const ScriptedServer server(ImapScript().before(verb, octets).before("UID SEARCH", "* SEARCH 1\r\n"));
        EXPECT_EQ(toString(fetchFrom(server, 1s).error().code), toString(code)) << verb << octets.substr(0, 30);
    }
    const ScriptedServer closed([](Conversation& conversation) {
        conversation.startTls(imapCertificate);
        conversation.say("* BYE too many users\r\n");
    });
    EXPECT_EQ(fetchFrom(closed).error(), problem(CourierError::tryLater, "too many users"));
}

// However many folders and lines there are, and whatever a command brings that was not asked for.
TEST(ImapServers, AreReadWithinBounds) {
    std::string folders;
    for (int i = 0; i < 20'000; ++i) {
        folders += "* LIST () \"/\" \"Public/Folder " + std::to_string(i) + "\"\r\n";
    }
    const ScriptedServer many(ImapScript().before("LIST", folders + "* LIST () \"/\" Spam\r\n").with({message}));
    EXPECT_TRUE(fetchFrom(many));
    const ScriptedServer endless([](Conversation& conversation) {
        conversation.startTls(imapCertificate);
        conversation.say("* OK ready\r\n");
        const std::string line = "* LIST () \"/\" \"" + std::string(4000, 'x') + "\"\r\n";
        while (conversation.say(line)) {
        }
    });
    EXPECT_EQ(fetchFrom(endless).error().code, CourierError::tooLong);
    const ScriptedServer longLines(
        ImapScript().before("CAPABILITY", "* CAPABILITY " + std::string(5'000, 'X') + "\r\n").with({message}));
    EXPECT_TRUE(fetchFrom(longLines));
}

TEST(ImapServers, HaveOneDeadlineForEachCommandAndOneForAll) {
    const ScriptedServer server([](Conversation& conversation) {
        conversation.startTls(imapCertificate);
        conversation.say("* OK ready\r\n");
        for (std::string line = conversation.hear(); !line.empty(); line = conversation.hear()) {
            const std::string tag = line.substr(0, line.find(' '));
            if (line.find("UID SEARCH") == std::string::npos) {
                conversation.say(tag + " OK done\r\n");
                continue;
            }
            while (conversation.say("* OK Still here\r\n")) {
                std::this_thread::sleep_for(50ms);
            }
        }
    });
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(fetchFrom(server, 1s, 2s).error().code, CourierError::timedOut);
    EXPECT_LT(std::chrono::steady_clock::now() - began, 6s);
}

TEST(ImapServers, BringOnlyTheMessageThatIsOurs) {
    const std::string other = "From: x@example.com\r\nSubject: another\r\n\r\n" + message;
    const ScriptedServer both(ImapScript().with({message, other, other}));
    const auto fetched = fetchFrom(both);
    ASSERT_TRUE(fetched) << toString(fetched.error().code) << ' ' << fetched.error().what;
    EXPECT_EQ(fetched->source, message);
    const ScriptedServer none(ImapScript().with({other}));
    EXPECT_EQ(fetchFrom(none).error().code, CourierError::notArrived);
}

TEST(ImapServers, AreAskedForAFewMessagesOnly) {
    std::string asked;
    const auto note = [&asked](const std::string& tag, const std::string& line) {
        asked = line;
        return tag + " OK done\r\n";
    };
    const ScriptedServer server(
        ImapScript().to("UID SEARCH", note).before("EXAMINE", "* OK [UIDVALIDITY 3] x\r\n* OK [UIDNEXT 44] x\r\n"));
    const Mailbox mailbox{account("imap.example.net", server.port(), MailSecurity::tls, "me", "x")};
    const auto from = courier();
    const auto opened = from->open(mailbox, {});
    ASSERT_TRUE(opened);
    SentMessage sent{"<a@b>", "a", true, std::chrono::sys_days(std::chrono::year(2026) / 11 / 8)};
    EXPECT_EQ((*opened)->waitFor(sent, 0s).error().code, CourierError::notArrived);
    EXPECT_THAT(asked, HasSubstr(R"( UID SEARCH UID 44:* OR HEADER Message-ID "<a@b>" SUBJECT "a")"));
    sent.isNew = false;
    EXPECT_EQ((*opened)->waitFor(sent, 0s).error().code, CourierError::notArrived);
    EXPECT_THAT(asked, HasSubstr(R"( UID SEARCH SINCE 8-Nov-2026 OR HEADER Message-ID "<a@b>" SUBJECT "a")"));
}

TEST(ImapServers, MayAskForMoreOnlyWhereThereIsMore) {
    const ScriptedServer server(ImapScript().before("EXAMINE", "+ go on\r\n").with({message}));
    const auto fetched = fetchFrom(server);
    EXPECT_TRUE(fetched) << toString(fetched.error().code) << ' ' << fetched.error().what;
}

/// Takes LOGIN with two literals.
class LoginServer {
public:
    explicit LoginServer(std::string capabilities, std::string onPassword = "OK welcome")
        : capabilities_(std::move(capabilities)), onPassword_(std::move(onPassword)) {}

    void operator()(Conversation& conversation) const {
        conversation.startTls(imapCertificate);
        conversation.say("* OK ready\r\n");
        for (std::string line = conversation.hear(); !line.empty(); line = conversation.hear()) {
            const std::string tag = line.substr(0, line.find(' '));
            if (line.find("CAPABILITY") != std::string::npos) {
                conversation.say("* CAPABILITY IMAP4rev1 " + capabilities_ + "\r\n" + tag + " OK done\r\n");
            } else if (line.find("AUTHENTICATE") != std::string::npos) {
                conversation.say(tag + " NO [CANNOT] not so\r\n");
            } else if (line.find("LOGIN") != std::string::npos) {
                conversation.say("+ \r\n");
                const std::string user = conversation.hear();
                conversation.say("+ \r\n");
                const bool isRight =
                    line.ends_with(" {" + std::to_string(Dovecot::user.size()) + "}") &&
                    user == std::string(Dovecot::user) + " {" + std::to_string(Dovecot::password.size()) + "}" &&
                    conversation.hear() == Dovecot::password;
                conversation.say(tag + ' ' + (isRight ? onPassword_ : "NO wrong") + "\r\n");
            } else {
                conversation.say(tag + " OK done\r\n");
            }
        }
    }

private:
    std::string capabilities_;
    std::string onPassword_;
};

TEST(ImapServers, AreToldThePasswordInTheWayTheyTake) {
    struct Case {
        std::string capabilities;
        std::string onPassword;
        CourierProblem expected;
    };
    for (const auto& [capabilities, onPassword, expected] : {
             Case{"AUTH=XOAUTH2", "OK welcome", problem(CourierError::notArrived)},
             Case{"AUTH=PLAIN", "OK welcome", problem(CourierError::notArrived)}, // What it offers, it refuses.
             Case{"AUTH=PLAIN LOGINDISABLED", "OK", problem(CourierError::noLogin, "[CANNOT] not so")},
             Case{"LOGINDISABLED", "OK", problem(CourierError::noLogin)},
             Case{"", "NO [AUTHENTICATIONFAILED] no", problem(CourierError::loginRefused, "[AUTHENTICATIONFAILED] no")},
             Case{"", "NO [UNAVAILABLE] later", problem(CourierError::tryLater, "[UNAVAILABLE] later")},
             Case{"", "BAD what?", problem(CourierError::noLogin, "what?")},
         }) {
        const ScriptedServer server(LoginServer(capabilities, onPassword));
        EXPECT_EQ(fetchFrom(server).error(), expected) << capabilities << onPassword;
    }
}

// Section 5.4: a server may end the connection at any time.
TEST(ImapServers, AreAskedAgainWhereTheyWentAway) {
    for (const char* trouble : {"* BYE moving house\r\n", "", "a9 NO [INUSE] just now\r\n"}) {
        std::atomic<int> looks = 0;
        const std::string instead = trouble;
        const auto fail = [&](const std::string& tag, const std::string&) {
            const bool first = ++looks == 1;
            return first && instead.starts_with("a9") ? tag + instead.substr(2) : instead;
        };
        const ImapScript sound = ImapScript().with({message});
        const ImapScript failing = ImapScript().to("UID SEARCH", fail);
        const ScriptedServer server([&](Conversation& conversation) { (looks == 0 ? failing : sound)(conversation); });
        const auto fetched = fetchFrom(server, 1s, 20s);
        EXPECT_TRUE(fetched) << instead << toString(fetched.error().code) << ' ' << fetched.error().what;
        EXPECT_EQ(server.connections(), 2) << instead;
    }
    const ScriptedServer leaving([](Conversation& conversation) {
        ImapScript().to("UID SEARCH", [&](auto&...) {
            conversation.say("* BYE moving house\r\n");
            return std::string();
        })(conversation);
    });
    EXPECT_EQ(fetchFrom(leaving, 1s).error(), problem(CourierError::closed, "moving house"));
}

TEST(ImapServers, AreLeftAtOnce) {
    const ScriptedServer silent([](Conversation& conversation) {
        conversation.startTls(imapCertificate);
        conversation.keepSilent();
    });
    const ScriptedServer waiting{ImapScript()};
    for (const ScriptedServer* server : {&silent, &waiting}) {
        std::stop_source stop;
        const std::jthread stopper([&stop] {
            std::this_thread::sleep_for(200ms);
            stop.request_stop();
        });
        EXPECT_EQ(fetchFrom(*server, 1h, 1h, stop.get_token()).error().code, CourierError::cancelled);
    }
}

} // namespace
} // namespace sealwright
