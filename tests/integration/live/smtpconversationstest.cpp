#include "live/smtpconversations.h"

#include "support/fakeresolver.h"
#include "support/scriptedserver.h"

#include <deque>
#include <future>
#include <gmock/gmock.h>

namespace sealwright {
namespace {

using namespace std::chrono_literals;
using test::Conversation;
using test::dnsName;
using test::ScriptedServer;
using testing::Each;
using testing::Field;

const TrustStore nobody{std::filesystem::path("/nonexistent")};
const DomainName helo = dnsName("me.example.net");

/// So many hosts at the server's address.
std::vector<SmtpTarget> hostsOf(const ScriptedServer& server, int count) {
    std::vector<SmtpTarget> targets;
    for (int i = 0; i < count; ++i) {
        targets.push_back({dnsName("m" + std::to_string(i) + ".example.org"), server.address(), server.port()});
    }
    return targets;
}

/// A server that greets nobody before it is told to.
class Gate {
public:
    ScriptedServer::Script script() {
        return [this](Conversation& conversation) {
            most_ = std::max<int>(most_, ++open_);
            std::unique_lock lock(mutex_);
            changed_.notify_all();
            changed_.wait(lock, [this] { return isOpen_; });
            conversation.say("554 no\r\n");
            --open_;
        };
    }
    void waitFor(int visitors) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return open_ >= visitors; });
    }
    void open() {
        const std::scoped_lock lock(mutex_);
        isOpen_ = true;
        changed_.notify_all();
    }
    [[nodiscard]] int most() const { return most_; }
    ~Gate() { open(); }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool isOpen_ = false;
    std::atomic<int> open_ = 0;
    std::atomic<int> most_ = 0;
};

const auto isSeen = Field(&SmtpSeen::greetingCode, 554);
const auto isCancelled = Field(&SmtpSeen::reached, Reached::cancelled);

TEST(SmtpConversations, AreAFewAtATimeWithOneServer) {
    Gate gate;
    const ScriptedServer server(gate.script());
    SmtpConversations conversations(nobody, 10s, 0s);
    auto first = std::async([&] { return conversations.hold(hostsOf(server, 20), helo, {}); });
    auto second = std::async([&] { return conversations.hold(hostsOf(server, 30), helo, {}); });
    gate.waitFor(5);
    std::this_thread::sleep_for(50ms);
    EXPECT_EQ(gate.most(), 5);
    gate.open();
    EXPECT_THAT(first.get(), Each(isSeen));
    EXPECT_THAT(second.get(), Each(isSeen));
}

TEST(SmtpConversations, AreWithSeveralServersAtTheSameTime) {
    Gate gate;
    std::deque<ScriptedServer> servers;
    std::vector<SmtpTarget> targets;
    for (int i = 1; i <= 12; ++i) {
        servers.emplace_back(gate.script(), "127.0.0." + std::to_string(i));
        targets.push_back({dnsName("mail.example.org"), servers.back().address(), servers.back().port()});
    }
    SmtpConversations conversations(nobody, 10s, 0s);
    auto all = std::async([&] { return conversations.hold(targets, helo, {}); });
    gate.waitFor(12);
    gate.open();
    EXPECT_THAT(all.get(), Each(isSeen));
}

TEST(SmtpConversations, AreNotTooManyInAll) {
    Gate gate;
    std::deque<ScriptedServer> servers;
    std::vector<SmtpTarget> targets;
    for (int i = 1; i <= 40; ++i) {
        servers.emplace_back(gate.script(), "127.0.1." + std::to_string(i));
        std::ranges::copy(hostsOf(servers.back(), 5), std::back_inserter(targets));
    }
    SmtpConversations conversations(nobody, 30s, 0s);
    auto all = std::async([&] { return conversations.hold(targets, helo, {}); });
    gate.waitFor(100);
    std::this_thread::sleep_for(50ms);
    EXPECT_EQ(gate.most(), 100);
    gate.open();
    EXPECT_THAT(all.get(), Each(isSeen));
}

TEST(SmtpConversations, AreHeardByWhoeverWantsToKnow) {
    Gate gate;
    const ScriptedServer server(gate.script());
    SmtpConversations conversations(nobody, 10s, 0s);
    std::vector<std::future<std::vector<SmtpSeen>>> domains;
    for (int i = 0; i < 8; ++i) {
        domains.push_back(std::async([&] { return conversations.hold(hostsOf(server, 2), helo, {}); }));
    }
    gate.waitFor(2);
    std::this_thread::sleep_for(50ms);
    gate.open();
    for (auto& domain : domains) {
        EXPECT_THAT(domain.get(), Each(isSeen));
    }
    EXPECT_EQ(server.connections(), 2);
    EXPECT_THAT(conversations.hold(hostsOf(server, 2), helo, {}), Each(isSeen));
    EXPECT_EQ(server.connections(), 4) << "nothing was to be remembered";
}

TEST(SmtpConversations, AreRememberedForAWhile) {
    const ScriptedServer server([](Conversation& conversation) { conversation.say("554 no\r\n"); });
    SmtpConversations conversations(nobody, 10s, 1s);
    EXPECT_THAT(conversations.hold(hostsOf(server, 2), helo, {}), Each(isSeen));
    EXPECT_THAT(conversations.hold(hostsOf(server, 2), helo, {}), Each(isSeen));
    EXPECT_EQ(server.connections(), 2);
    EXPECT_THAT(conversations.hold(hostsOf(server, 1), dnsName("other.example.net"), {}), Each(isSeen));
    EXPECT_EQ(server.connections(), 3) << "it may answer another name otherwise";
    std::this_thread::sleep_for(1100ms);
    EXPECT_THAT(conversations.hold(hostsOf(server, 2), helo, {}), Each(isSeen));
    EXPECT_EQ(server.connections(), 5);
}

TEST(SmtpConversations, AreNotRememberedWithoutEnd) {
    const ScriptedServer server([](Conversation& conversation) { conversation.say("554 no\r\n"); });
    SmtpConversations conversations(nobody, 10s, 1h);
    EXPECT_THAT(conversations.hold(hostsOf(server, 600), helo, {}), Each(isSeen));
    EXPECT_THAT(conversations.hold(hostsOf(server, 1), helo, {}), Each(isSeen));
    EXPECT_EQ(server.connections(), 601) << "the first ones are forgotten";
}

// Nobody's patience begins before it is his turn.
TEST(SmtpConversations, HaveTheirTimeFromWhenTheyBegin) {
    const ScriptedServer server([](Conversation& conversation) {
        std::this_thread::sleep_for(300ms);
        conversation.say("554 no\r\n");
    });
    SmtpConversations conversations(nobody, 1500ms, 0s);
    EXPECT_THAT(conversations.hold(hostsOf(server, 30), helo, {}), Each(isSeen)); // six rounds
}

TEST(SmtpConversations, StopAtOnceAlsoForWhomItIsNoTurnYet) {
    const ScriptedServer server([](Conversation& conversation) { conversation.keepSilent(); });
    SmtpConversations conversations(nobody, 1h, 0s);
    std::stop_source stop;
    std::chrono::steady_clock::time_point stopped;
    const std::jthread stopper([&] {
        std::this_thread::sleep_for(50ms);
        stopped = std::chrono::steady_clock::now();
        stop.request_stop();
    });
    EXPECT_THAT(conversations.hold(hostsOf(server, 50), helo, stop.get_token()), Each(isCancelled));
    EXPECT_LT(std::chrono::steady_clock::now() - stopped, 100ms);
}

// Who only listens stops by himself; who still wants to know talks to the server himself when the other has stopped.
TEST(SmtpConversations, AreNobodysElseToStop) {
    Gate gate;
    const ScriptedServer server(gate.script());
    SmtpConversations conversations(nobody, 1h, 1h);
    std::stop_source stopOfFirst;
    std::stop_source stopOfListener;
    auto first = std::async([&] { return conversations.hold(hostsOf(server, 1), helo, stopOfFirst.get_token()); });
    gate.waitFor(1);
    auto listener =
        std::async([&] { return conversations.hold(hostsOf(server, 1), helo, stopOfListener.get_token()); });
    auto other = std::async([&] { return conversations.hold(hostsOf(server, 1), helo, {}); });
    std::this_thread::sleep_for(50ms);
    stopOfListener.request_stop();
    EXPECT_THAT(listener.get(), Each(isCancelled));
    stopOfFirst.request_stop();
    EXPECT_THAT(first.get(), Each(isCancelled));
    gate.waitFor(2);
    gate.open();
    EXPECT_THAT(other.get(), Each(isSeen));
    EXPECT_EQ(server.connections(), 2);
}

} // namespace
} // namespace sealwright
