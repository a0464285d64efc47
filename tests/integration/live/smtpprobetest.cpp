#include "live/livenetwork.h"
#include "support/fakeresolver.h"
#include "support/program.h"
#include "support/scriptedserver.h"

#include <future>
#include <gmock/gmock.h>

namespace sealwright {
namespace {

using namespace std::chrono_literals;
using test::Conversation;
using test::ScriptedServer;
using testing::HasSubstr;
using testing::StartsWith;

const test::TestAuthority authority;
const auto certificate = authority.issue({{"mail.example.org"}});

std::unique_ptr<Network> network(std::chrono::milliseconds timeout = 10s) {
    const test::TemporaryFolder folder;
    NetworkOptions options;
    options.timeout = timeout;
    options.caFile = folder.write("ca.pem", authority.root().pem());
    return std::move(*LiveNetwork::create(options));
}

SmtpSeen probe(const ScriptedServer& server, std::chrono::milliseconds timeout = 10s) {
    const SmtpTarget target{test::dnsName("mail.example.org"), server.address(), server.port()};
    return network(timeout)->probeSmtp({&target, 1}, test::dnsName("me.example.net"), {}).front();
}

/// Greets, and tells after EHLO what it can.
bool greet(Conversation& conversation, std::string_view capabilities = "250-SIZE\r\n250 STARTTLS\r\n") {
    conversation.say("220 mail.example.org ESMTP\r\n");
    return !conversation.hear().empty() &&
           conversation.say("250-mail.example.org at your service\r\n" + std::string(capabilities));
}

/// The same until the handshake.
bool greetAndBeginTls(Conversation& conversation) {
    return greet(conversation) && !conversation.hear().empty() && conversation.say("220 go ahead\r\n");
}

TEST(SmtpProbe, SeesWhatASoundServerShows) {
    std::vector<std::string> heard;
    std::promise<void> end;
    const ScriptedServer server([&](Conversation& conversation) {
        conversation.say("220-mail.example.org ESMTP\r\n220 welcome\r\n");
        heard.push_back(conversation.hear());
        conversation.say("250-mail.example.org\r\n250-SIZE\r\n250 starttls\r\n");
        heard.push_back(conversation.hear());
        conversation.say("220 go ahead\r\n");
        conversation.startTls(certificate);
        heard.push_back(conversation.hear());
        end.set_value();
    });
    const SmtpSeen seen = probe(server);
    EXPECT_EQ(seen.reached, Reached::done) << seen.why;
    EXPECT_EQ(seen.greetingCode, 220);
    EXPECT_EQ(seen.greeting, "mail.example.org ESMTP");
    EXPECT_EQ(seen.ehloName, "mail.example.org");
    EXPECT_TRUE(seen.offersStartTls);
    EXPECT_EQ(seen.startTlsCode, 220);
    EXPECT_EQ(seen.certificate.tlsVersion, "TLSv1.3");
    EXPECT_EQ(seen.certificate.untrusted, "");
    EXPECT_THAT(seen.certificate.chain, testing::ElementsAre(certificate.der()));
    end.get_future().wait();
    EXPECT_THAT(heard, testing::ElementsAre("EHLO me.example.net", "STARTTLS", "QUIT"));
}

// Names and dates are for others to judge.
TEST(SmtpProbe, TrustsWhomItIsTold) {
    struct Case {
        test::TestCertificate shown;
        std::string untrusted;
    };
    for (const auto& [shown, untrusted] : {
             Case{authority.issue({{"mail.example.org"}, -48h, -24h}), ""},
             Case{authority.issue({{"other.example.net"}}), ""},
             Case{test::TestCertificate::selfSigned({{"mail.example.org"}}), "self-signed certificate"},
             Case{test::TestAuthority("Stranger").issue({{"mail.example.org"}}),
                  "unable to get local issuer certificate"},
         }) {
        const ScriptedServer server([&](Conversation& conversation) {
            if (greetAndBeginTls(conversation)) {
                conversation.startTls(shown);
                conversation.keepSilent();
            }
        });
        const SmtpSeen seen = probe(server);
        EXPECT_EQ(seen.reached, Reached::done) << seen.why;
        EXPECT_EQ(seen.certificate.untrusted, untrusted);
        EXPECT_EQ(seen.certificate.chain.front(), shown.der());
    }
}

TEST(SmtpProbe, SeesOldVersionsOfTls) {
    const std::pair<int, std::string> versions[] = {
        {TLS1_VERSION, "TLSv1"}, {TLS1_1_VERSION, "TLSv1.1"}, {TLS1_2_VERSION, "TLSv1.2"}};
    for (const auto& [newest, name] : versions) {
        const ScriptedServer server([&](Conversation& conversation) {
            if (greetAndBeginTls(conversation)) {
                conversation.startTls(certificate, newest);
                conversation.keepSilent();
            }
        });
        const SmtpSeen seen = probe(server);
        EXPECT_EQ(seen.reached, Reached::done) << seen.why;
        EXPECT_EQ(seen.certificate.tlsVersion, name);
    }
}

// RFC 5321 section 4.1.4
TEST(SmtpProbe, IntroducesItselfByItsAddressWhereItsNameIsRefused) {
    for (const std::string_view refusal : {"450", "501", "504", "550", "554"}) {
        std::vector<std::string> heard;
        std::promise<void> end;
        const ScriptedServer server([&](Conversation& conversation) {
            conversation.say("220 mail.example.org\r\n");
            heard.push_back(conversation.hear());
            conversation.say(std::string(refusal) + " no such host\r\n");
            heard.push_back(conversation.hear());
            conversation.say("250-mail.example.org\r\n250 STARTTLS\r\n");
            heard.push_back(conversation.hear());
            conversation.say("454 not now\r\n");
            end.set_value();
            conversation.keepSilent();
        });
        const SmtpSeen seen = probe(server);
        EXPECT_EQ(seen.reached, Reached::done) << seen.why;
        EXPECT_EQ(seen.ehloCode, 250);
        EXPECT_TRUE(seen.offersStartTls);
        end.get_future().wait();
        EXPECT_THAT(heard, testing::ElementsAre("EHLO me.example.net", "EHLO [127.0.0.1]", "STARTTLS"));
    }
}

// What it said first is what counts.
TEST(SmtpProbe, KeepsTheRefusalOfItsNameWhateverComesAfter) {
    const ScriptedServer::Script scripts[] = {
        [](Conversation& c) { c.hear().empty() || c.say("554 nor that\r\n"); },
        [](Conversation&) {},
        [](Conversation& c) { c.keepSilent(); },
    };
    for (const auto& then : scripts) {
        const ScriptedServer server([&then](Conversation& conversation) {
            conversation.say("220 mail.example.org\r\n");
            conversation.hear().empty() || conversation.say("550 no such host\r\n");
            then(conversation);
        });
        const SmtpSeen seen = probe(server, 300ms);
        EXPECT_EQ(seen.reached, Reached::done) << seen.why;
        EXPECT_EQ(seen.ehloCode, 550);
        EXPECT_FALSE(seen.offersStartTls);
    }
}

struct Misbehaviour {
    std::string name;
    ScriptedServer::Script script;
    Reached reached;
    std::string why = {};
    int greetingCode = 220;
    int startTlsCode = 0;
    std::chrono::milliseconds patience = 10s;

    friend std::ostream& operator<<(std::ostream& out, const Misbehaviour& shown) { return out << shown.name; }
};

class Misbehaving : public testing::TestWithParam<Misbehaviour> {};

TEST_P(Misbehaving, IsSeen) {
    const Misbehaviour& wrong = GetParam();
    const ScriptedServer server(wrong.script);
    const SmtpSeen seen = probe(server, wrong.patience);
    EXPECT_EQ(seen.reached, wrong.reached) << seen.why;
    EXPECT_THAT(seen.why, HasSubstr(wrong.why));
    EXPECT_EQ(seen.greetingCode, wrong.greetingCode);
    EXPECT_EQ(seen.startTlsCode, wrong.startTlsCode);
    EXPECT_EQ(server.connections(), 1);
}

std::vector<Misbehaviour> misbehaviours() {
    const auto silent = [](Conversation& c) { c.keepSilent(); };
    return {
        {"refuses us",
         [](Conversation& c) {
             c.say("554 5.7.1 go away\r\n");
             c.keepSilent();
         },
         Reached::done, "", 554},
        {"is full", [](Conversation& c) { c.say("421 too many connections\r\n"); }, Reached::done, "", 421},
        {"offers no STARTTLS",
         [](Conversation& c) {
             greet(c, "250 SIZE\r\n");
             c.keepSilent();
         },
         Reached::done},
        {"knows no EHLO",
         [](Conversation& c) {
             c.say("220 hello\r\n");
             c.hear().empty() || c.say("502 what?\r\n");
             c.keepSilent();
         },
         Reached::done},
        {"refuses STARTTLS",
         [](Conversation& c) {
             greet(c) && !c.hear().empty() && c.say("454 TLS not available\r\n");
             c.keepSilent();
         },
         Reached::done, "", 220, 454},
        {"breaks the handshake",
         [](Conversation& c) {
             greetAndBeginTls(c) && c.say("this is no TLS at all\r\n");
             c.keepSilent();
         },
         Reached::tlsFailed, "wrong version number", 220, 220},
        {"closes in the handshake", [](Conversation& c) { greetAndBeginTls(c); }, Reached::closed, "", 220, 220},
        {"is silent in the handshake",
         [](Conversation& c) {
             greetAndBeginTls(c);
             c.keepSilent();
         },
         Reached::silent, "", 220, 220, 100ms},
        {"says nothing", silent, Reached::silent, "", 0, 0, 100ms},
        {"closes at once", [](Conversation&) {}, Reached::closed, "", 0},
        {"closes after the greeting", [](Conversation& c) { c.say("220 hello\r\n"); }, Reached::closed},
        {"closes within a line", [](Conversation& c) { c.say("220 hel"); }, Reached::closed, "", 0},
        {"speaks another protocol", [](Conversation& c) { c.say("SSH-2.0-OpenSSH_9.2\r\n"); }, Reached::garbled,
         "SSH-2.0", 0},
        {"sends a line without end",
         [](Conversation& c) {
             while (c.say("220 " + std::string(5000, 'x'))) {
             }
         },
         Reached::garbled, "220 xxx", 0},
        {"sends lines without end",
         [](Conversation& c) {
             while (c.say("220-hello\r\n")) {
             }
         },
         Reached::garbled, "220-hello", 0},
        {"greets late",
         [](Conversation& c) {
             std::this_thread::sleep_for(200ms);
             greet(c, "250 SIZE\r\n");
             c.keepSilent();
         },
         Reached::done},
        {"slips an answer in before TLS",
         [](Conversation& c) {
             greet(c) && !c.hear().empty() && c.say("220 go ahead\r\n250 injected\r\n");
             c.startTls(certificate);
             c.keepSilent();
         },
         Reached::done, "", 220, 220},
    };
}

INSTANTIATE_TEST_SUITE_P(Servers, Misbehaving, testing::ValuesIn(misbehaviours()));

TEST(SmtpProbe, TellsARefusedConnectionFromAWayThatIsNotThere) {
    const SmtpTarget targets[] = {{test::dnsName("mail.example.org"), *IpAddress::parse("127.0.0.1"), 1},
                                  {test::dnsName("mail.example.org"), *IpAddress::parse("255.255.255.255"), 25}};
    const auto seen = network()->probeSmtp(targets, test::dnsName("me.example.net"), {});
    EXPECT_EQ(seen[0].reached, Reached::refused);
    EXPECT_EQ(seen[1].reached, Reached::noRoute) << seen[1].why;
}

TEST(SmtpProbe, StopsAtOnce) {
    const ScriptedServer silent([](Conversation& conversation) { conversation.keepSilent(); });
    const ScriptedServer inHandshake([](Conversation& conversation) {
        greetAndBeginTls(conversation);
        conversation.keepSilent();
    });
    const SmtpTarget targets[] = {{test::dnsName("mail.example.org"), silent.address(), silent.port()},
                                  {test::dnsName("mail.example.org"), inHandshake.address(), inHandshake.port()}};
    std::stop_source stop;
    const std::jthread stopper([&stop] {
        std::this_thread::sleep_for(50ms);
        stop.request_stop();
    });
    const auto seen = network(1h)->probeSmtp(targets, test::dnsName("me.example.net"), stop.get_token());
    EXPECT_EQ(seen[0].reached, Reached::cancelled);
    EXPECT_EQ(seen[1].reached, Reached::cancelled);
}

TEST(LiveNetwork, TakesNoFileWithoutCertificates) {
    const test::TemporaryFolder folder;
    NetworkOptions options;
    options.caFile = folder.write("ca.pem", "nothing");
    const auto made = LiveNetwork::create(options);
    ASSERT_FALSE(made.has_value());
    EXPECT_THAT(made.error().what, testing::EndsWith("ca.pem"));
}

} // namespace
} // namespace sealwright
