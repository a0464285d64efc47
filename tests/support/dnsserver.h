#pragma once

#include "dns/resolveroptions.h"
#include "support/fakeresolver.h"

#include <thread>

namespace sealwright::test {

/// How an answer is spoilt on its way.
enum class Mischief {
    none,
    truncated, ///< Over UDP it has no room, so that it is fetched over TCP.
    wrongId,
    garbage, ///< Octets that are no DNS message, and then no more.
};

/// A DNS server on a loopback address and a free port, over UDP and TCP, which says what a FakeResolver knows: it
/// serves any zone, answers with CNAMEs followed, and a name that times out there gets silence here.
class DnsServer {
public:
    explicit DnsServer(std::string_view lines = {}, std::string_view address = "127.0.0.1", std::uint16_t port = 0);
    ~DnsServer();
    DnsServer(const DnsServer&) = delete;
    DnsServer& operator=(const DnsServer&) = delete;

    [[nodiscard]] FakeResolver& data() { return data_; } ///< May change at any time, what follows before it is asked.
    void delayAnswers(std::chrono::milliseconds delay) { delay_ = delay; }
    void delayAnswer(std::string_view name, std::chrono::milliseconds delay) { delays_[dnsName(name)] = delay; }
    void spoil(std::string_view name, Mischief mischief) { mischief_[dnsName(name)] = mischief; }

    [[nodiscard]] ResolverOptions::Server address() const { return {address_, port_}; }
    [[nodiscard]] NameServer asNameServer() const { return {address_, port_}; }

    struct Query {
        Question question;
        bool overTcp;
        bool recursionDesired;
    };
    [[nodiscard]] std::vector<Query> queries() const;

private:
    struct Reply {
        int socket; ///< For UDP the shared one, else a connection.
        std::string octets;
        std::string peer; ///< A sockaddr; empty over TCP.
    };
    using Clock = std::chrono::steady_clock;

    void serve(const std::stop_token& stop);
    void receiveDatagram();
    void receiveStream(int socket);
    void handle(std::string_view query, int socket, std::string peer);
    [[nodiscard]] std::optional<std::string> replyTo(std::string_view query, const Question& question, bool overTcp);
    void send(const Reply& reply) const;

    FakeResolver data_;
    std::chrono::milliseconds delay_{0};
    std::map<DomainName, std::chrono::milliseconds> delays_;
    std::map<DomainName, Mischief> mischief_;
    IpAddress address_;
    std::uint16_t port_ = 0;

    int datagrams_ = -1;
    int listener_ = -1;
    int wake_ = -1;
    std::map<int, std::string> streams_; ///< Connections, with what came in so far.
    std::multimap<Clock::time_point, Reply> replies_;

    mutable std::mutex mutex_;
    std::vector<Query> queries_;
    std::jthread thread_;
};

} // namespace sealwright::test
