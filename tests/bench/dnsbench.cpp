// How near asking the DNS comes to what a network makes it cost: round trips, and octets through a socket.
#include "live/unboundresolver.h"
#include "support/dnsserver.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>

using namespace sealwright;
using namespace std::chrono_literals;
using test::dnsName;
using test::DnsServer;

namespace {

constexpr auto roundTrip = 50ms;

/// Wall milliseconds.
template <class Work>
double milliseconds(Work work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

void require(bool works, const char* what) {
    if (!works) {
        std::printf("FAILED: %s\n", what);
        std::exit(1);
    }
}

std::unique_ptr<UnboundResolver> resolverAt(const DnsServer& server) {
    ResolverOptions options;
    options.servers = {server.address()};
    return UnboundResolver::create(options).value();
}

std::vector<Question> manyQuestions(int count) {
    std::vector<Question> questions;
    for (int i = 0; i < count; ++i) {
        questions.push_back({dnsName("n" + std::to_string(i) + ".example.test"), RecordType::txt});
    }
    return questions;
}

void requireAllFound(const std::vector<Answer>& answers) {
    for (const Answer& answer : answers) {
        require(answer.status == AnswerStatus::found, answer.question.name.toString().c_str());
    }
}

/// The floor: the same datagrams there and back, a few out at a time, with nobody looking at them.
void bareExchange(const DnsServer& server, int count) {
    const int asking = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(server.address().port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    require(connect(asking, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0, "a socket to the server");
    constexpr int window = 64;
    std::array<char, 512> octets{};
    for (int sent = 0, received = 0; received < count;) {
        if (sent < count && sent - received < window) {
            std::string query("\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00", 12);
            const std::string label = "n" + std::to_string(sent++);
            query += static_cast<char>(label.size());
            query += label;
            query += std::string("\x07"
                                 "example\x04"
                                 "test\x00\x00\x10\x00\x01",
                                 18);
            require(send(asking, query.data(), query.size(), 0) > 0, "sending");
        } else {
            require(recv(asking, octets.data(), octets.size(), 0) > 0, "receiving");
            ++received;
        }
    }
    close(asking);
}

void benchThroughput() {
    constexpr int count = 5000;
    const auto questions = manyQuestions(count);
    DnsServer server;
    for (const Question& question : questions) {
        server.data().add(question.name.toString() + " TXT v=spf1 -all");
    }
    const auto resolver = resolverAt(server);
    const double floor = milliseconds([&] { bareExchange(server, count); });
    const double fresh = milliseconds([&] { requireAllFound(resolver->lookupAll(questions, {})); });
    const double remembered = milliseconds([&] { requireAllFound(resolver->lookupAll(questions, {})); });
    std::printf("%d look-ups at once:      %6.1f ms, bare datagrams %.1f ms, ratio %.2f\n", count, fresh, floor,
                fresh / floor);
    std::printf("%d remembered look-ups:   %6.1f ms, ratio %.2f\n", count, remembered, remembered / floor);
}

void benchRoundTrips() {
    DnsServer server;
    const auto questions = manyQuestions(60);
    for (const Question& question : questions) {
        server.data().add(question.name.toString() + " TXT v=spf1 -all");
    }
    server.delayAnswers(roundTrip);
    const auto resolver = resolverAt(server);
    const auto trips = [](double elapsed) {
        return elapsed / std::chrono::duration<double, std::milli>(roundTrip).count();
    };
    std::printf("60 look-ups at once:        %.2f round trips (floor 1)\n",
                trips(milliseconds([&] { requireAllFound(resolver->lookupAll(questions, {})); })));
    const std::vector<ServerQuestion> atServers(8, {server.asNameServer(), questions.front()});
    std::printf("8 name servers at once:     %.2f round trips (floor 1)\n", trips(milliseconds([&] {
                    require(resolver->askServers(atServers, {}).back().answer.status == AnswerStatus::found,
                            "name servers");
                })));
}

/// How long after the deadline, or a stop, the caller gets its answers.
void benchGivingUp() {
    DnsServer server;
    const auto questions = manyQuestions(60);
    for (const Question& question : questions) {
        server.data().fail(question.name.toString(), AnswerStatus::timedOut);
    }
    ResolverOptions options;
    options.servers = {server.address()};
    options.timeout = 200ms;
    const auto impatient = UnboundResolver::create(options).value();
    std::printf("silent server, deadline:    %+.1f ms behind it\n",
                milliseconds([&] {
                    require(!impatient->lookupAll(questions, {}).front().isConclusive(), "a deadline");
                }) - 200);
    const auto patient = resolverAt(server);
    std::stop_source stop;
    std::jthread asking([&] {
        const auto answers = patient->lookupAll(questions, stop.get_token());
        require(answers.front().status == AnswerStatus::cancelled, "a stop");
    });
    while (server.queries().size() < 2 * questions.size()) { // All are out, and nobody answers.
        std::this_thread::yield();
    }
    const double stopped = milliseconds([&] {
        stop.request_stop();
        asking.join();
    });
    std::printf("silent server, stop:        %.1f ms behind it\n", stopped);
}

} // namespace

int main() {
    benchThroughput();
    benchRoundTrips();
    benchGivingUp();
}
