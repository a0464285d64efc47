#include "live/livenetwork.h"
#include "support/fakeresolver.h"
#include "support/program.h"
#include "support/scriptedserver.h"

#include <gmock/gmock.h>

namespace sealwright {
namespace {

using namespace std::chrono_literals;
using test::Conversation;
using test::ScriptedServer;

const test::TestAuthority authority;
const auto certificate = authority.issue({{"mta-sts.example.org"}});

HttpsSeen fetch(const ScriptedServer& server, std::chrono::milliseconds timeout = 10s) {
    const test::TemporaryFolder folder;
    NetworkOptions options;
    options.timeout = timeout;
    options.caFile = folder.write("ca.pem", authority.root().pem());
    return (*LiveNetwork::create(options))
        ->fetch({test::dnsName("mta-sts.example.org"), "/.well-known/mta-sts.txt", {server.address()}, server.port()},
                {});
}

/// Answers every request so.
ScriptedServer::Script answering(std::string octets, const test::TestCertificate& shown = certificate) {
    return [octets = std::move(octets), shown](Conversation& conversation) {
        if (conversation.startTls(shown)) {
            while (!conversation.hear().empty()) {
            }
            conversation.say(octets);
        }
    };
}

TEST(HttpsFetch, BringsTheFile) {
    const ScriptedServer server(
        answering("HTTP/1.1 200 OK\r\nContent-Type: Text/Plain ; charset=utf-8\r\nContent-Length: 5\r\n\r\nhello"));
    const HttpsSeen seen = fetch(server);
    EXPECT_EQ(seen.reached, Reached::done) << seen.why;
    EXPECT_EQ(seen.status, 200);
    EXPECT_EQ(seen.contentType, "text/plain");
    EXPECT_EQ(seen.body, "hello");
    EXPECT_EQ(seen.certificate.untrusted, "");
    EXPECT_EQ(seen.certificate.chain.front(), certificate.der());
}

TEST(HttpsFetch, FollowsNoRedirect) {
    const ScriptedServer server(
        answering("HTTP/1.1 301 Moved\r\nLocation: https://www.example.org/\r\nContent-Length: 0\r\n\r\n"));
    EXPECT_EQ(fetch(server).status, 301);
    EXPECT_EQ(server.connections(), 1);
}

TEST(HttpsFetch, LooksAtACertificateThatItDoesNotTrust) {
    const auto own = test::TestCertificate::selfSigned({{"mta-sts.example.org"}});
    const ScriptedServer server(answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", own));
    const HttpsSeen seen = fetch(server);
    EXPECT_EQ(seen.reached, Reached::done) << seen.why;
    EXPECT_EQ(seen.certificate.untrusted, "self-signed certificate");
    EXPECT_EQ(seen.certificate.chain.front(), own.der());
}

TEST(HttpsFetch, TakesNoMoreThanItWants) {
    const ScriptedServer server(answering("HTTP/1.1 200 OK\r\n\r\n" + std::string(200'000, 'x')));
    const HttpsSeen seen = fetch(server);
    EXPECT_EQ(seen.reached, Reached::done);
    EXPECT_TRUE(seen.tooLong);
    EXPECT_EQ(seen.body.size(), 64 * 1024);
}

TEST(HttpsFetch, SeesHowFarItCame) {
    struct Case {
        ScriptedServer::Script script;
        Reached reached;
        std::chrono::milliseconds timeout = 10s;
    };
    const Case cases[] = {
        {[](Conversation& c) { c.keepSilent(); }, Reached::silent, 100ms},
        {[](Conversation& c) {
             c.startTls(certificate);
             c.keepSilent();
         },
         Reached::silent, 100ms},
        {answering(""), Reached::closed},
        {answering("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello"), Reached::closed},
        {answering("SSH-2.0-OpenSSH_9.2\r\n"), Reached::garbled},
        {[](Conversation& c) { c.say("HTTP/1.1 400 Bad Request\r\n\r\n"); }, Reached::tlsFailed},
        {[](Conversation&) {}, Reached::tlsFailed},
    };
    for (const auto& [script, reached, timeout] : cases) {
        const ScriptedServer server(script);
        const HttpsSeen seen = fetch(server, timeout);
        EXPECT_EQ(seen.reached, reached) << seen.why;
        EXPECT_NE(seen.why, "");
    }
}

TEST(HttpsFetch, AsksNobodyWithoutAnAddress) {
    EXPECT_EQ((*LiveNetwork::create({}))->fetch({test::dnsName("mta-sts.example.org"), "/", {}}, {}).reached,
              Reached::notAsked);
}

} // namespace
} // namespace sealwright
