#include "live/transfer.h"
#include "support/fakeresolver.h"
#include "support/scriptedserver.h"

#include <gmock/gmock.h>

namespace sealwright {
namespace {

using namespace std::chrono_literals;
using test::Conversation;
using test::ScriptedServer;
using testing::HasSubstr;

const test::TestAuthority authority;

Endpoint endpointOf(const ScriptedServer& server) {
    return {test::dnsName("www.example.org"), {server.address()}, server.port()};
}

void run(Transfer& transfer, std::chrono::milliseconds patience = 10s, const std::stop_token& stop = {}) {
    Transfer* const all[] = {&transfer};
    runTransfers(all, std::chrono::steady_clock::now() + patience, stop);
}

void hearRequest(Conversation& conversation) {
    while (!conversation.hear().empty()) {
    }
}

TEST(Transfer, BringsWhatTheServerSays) {
    std::string request;
    const ScriptedServer server([&](Conversation& conversation) {
        request = conversation.hear();
        hearRequest(conversation);
        conversation.say("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
    });
    Transfer transfer("http", endpointOf(server), "/a/b");
    run(transfer);
    EXPECT_EQ(transfer.result(), CURLE_OK) << transfer.why();
    EXPECT_EQ(transfer.received(), "hello");
    EXPECT_EQ(transfer.info<long>(CURLINFO_RESPONSE_CODE), 200);
    EXPECT_EQ(request, "GET /a/b HTTP/1.1");
}

TEST(Transfer, FollowsNoRedirect) {
    const ScriptedServer server([](Conversation& conversation) {
        hearRequest(conversation);
        conversation.say("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n");
    });
    Transfer transfer("http", endpointOf(server), "/");
    run(transfer);
    EXPECT_EQ(transfer.info<long>(CURLINFO_RESPONSE_CODE), 302);
    EXPECT_EQ(server.connections(), 1);
}

TEST(Transfer, TakesTheNextAddressWhereOneIsClosed) {
    const ScriptedServer server([](Conversation& conversation) {
        hearRequest(conversation);
        conversation.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    });
    Endpoint endpoint = endpointOf(server);
    endpoint.addresses.insert(endpoint.addresses.begin(), *IpAddress::parse("127.0.0.2"));
    Transfer transfer("http", endpoint, "/");
    run(transfer);
    EXPECT_EQ(transfer.received(), "ok") << transfer.why();
}

TEST(Transfer, GoesPastProxiesOfTheEnvironment) {
    setenv("http_proxy", "http://127.0.0.1:1", 1);
    const ScriptedServer server([](Conversation& conversation) {
        hearRequest(conversation);
        conversation.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    });
    Transfer transfer("http", endpointOf(server), "/");
    run(transfer);
    unsetenv("http_proxy");
    EXPECT_EQ(transfer.received(), "ok") << transfer.why();
}

TEST(Transfer, SpeaksNoOtherProtocol) {
    const ScriptedServer server([](Conversation& conversation) { conversation.keepSilent(); });
    Transfer transfer("https", endpointOf(server), "/");
    transfer.set(CURLOPT_URL, "http://www.example.org/");
    run(transfer);
    EXPECT_EQ(transfer.result(), CURLE_UNSUPPORTED_PROTOCOL);
}

TEST(Transfer, EndsWhereMoreComesThanIsWanted) {
    const ScriptedServer server([](Conversation& conversation) {
        hearRequest(conversation);
        conversation.say("HTTP/1.1 200 OK\r\n\r\n");
        while (conversation.say(std::string(4096, 'x'))) {
        }
    });
    Transfer transfer("http", endpointOf(server), "/");
    transfer.limitReceived(10'000);
    run(transfer);
    EXPECT_TRUE(transfer.isTooLong());
    EXPECT_EQ(transfer.received().size(), 10'000);
}

TEST(Transfer, TrustsNoStrangersCertificate) {
    const auto certificate = authority.issue({{"www.example.org"}});
    const ScriptedServer server([&](Conversation& conversation) { conversation.startTls(certificate); });
    Transfer transfer("https", endpointOf(server), "/");
    run(transfer);
    EXPECT_EQ(transfer.result(), CURLE_PEER_FAILED_VERIFICATION) << transfer.why();
    EXPECT_EQ(transfer.reached(), Reached::tlsFailed);
}

TEST(Transfer, SaysWhoRefusedIt) {
    Transfer transfer("http", {test::dnsName("www.example.org"), {*IpAddress::parse("127.0.0.1")}, 1}, "/");
    run(transfer);
    EXPECT_EQ(transfer.result(), CURLE_COULDNT_CONNECT);
    EXPECT_EQ(transfer.reached(), Reached::refused);
    EXPECT_THAT(transfer.why(), HasSubstr("refused"));
}

TEST(Transfer, GivesUpAtTheDeadline) {
    const ScriptedServer server([](Conversation& conversation) { conversation.keepSilent(); });
    for (const char* scheme : {"http", "https"}) {
        Transfer transfer(scheme, endpointOf(server), "/");
        run(transfer, 50ms);
        EXPECT_EQ(transfer.result(), CURLE_OPERATION_TIMEDOUT);
        EXPECT_EQ(transfer.reached(), Reached::silent) << scheme;
    }
}

// Each of these keeps silent at another moment; IMAP is the one that libcurl says goodbye to.
TEST(Transfer, StopsWhereverItIs) {
    const ScriptedServer silent([](Conversation& conversation) { conversation.keepSilent(); });
    const ScriptedServer greeting([](Conversation& conversation) {
        conversation.say("* OK [CAPABILITY IMAP4rev1] ready\r\n");
        conversation.keepSilent();
    });
    const ScriptedServer halfWay([](Conversation& conversation) {
        hearRequest(conversation);
        conversation.say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello");
        conversation.keepSilent();
    });
    Transfer http("http", endpointOf(silent), "/");
    Transfer tls("https", endpointOf(silent), "/");
    Transfer imap("imap", endpointOf(greeting), "/");
    Transfer half("http", endpointOf(halfWay), "/");
    Transfer* const all[] = {&http, &tls, &imap, &half};
    std::stop_source stop;
    const std::jthread stopper([&stop] {
        std::this_thread::sleep_for(50ms);
        stop.request_stop();
    });
    runTransfers(all, std::chrono::steady_clock::now() + 1h, stop.get_token());
    for (const Transfer* transfer : all) {
        EXPECT_EQ(transfer->result(), CURLE_ABORTED_BY_CALLBACK) << transfer->why();
    }
}

// Its last line has come; libcurl would wait for the answer to LOGOUT until the end of the hour.
TEST(Transfer, WaitsForNoGoodbye) {
    const ScriptedServer server([](Conversation& conversation) {
        conversation.say("* OK [CAPABILITY IMAP4rev1] ready\r\n");
        for (std::string line = conversation.hear(); line.find("LOGOUT") == std::string::npos && !line.empty();
             line = conversation.hear()) {
            conversation.say(line.substr(0, line.find(' ')) + " OK done\r\n");
        }
        conversation.keepSilent();
    });
    Transfer transfer("imap", endpointOf(server), "/");
    run(transfer, 1h);
    EXPECT_EQ(transfer.result(), CURLE_OK) << transfer.why();
}

} // namespace
} // namespace sealwright
