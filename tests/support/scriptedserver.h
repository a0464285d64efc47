#pragma once

#include "names/ipaddress.h"
#include "support/testcertificate.h"

#include <functional>
#include <list>
#include <mutex>
#include <openssl/ssl.h>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace sealwright::test {

/// One connection of a ScriptedServer.
class Conversation {
public:
    explicit Conversation(int socket) : socket_(socket) {}
    ~Conversation();
    Conversation(const Conversation&) = delete;
    Conversation& operator=(const Conversation&) = delete;

    /// False once the other side is gone.
    bool say(std::string_view octets);
    /// The next line without its end; empty where there is none any more.
    [[nodiscard]] std::string hear();
    /// The server's side of the handshake, with at most that version of TLS.
    bool startTls(const TestCertificate& certificate, int newest = TLS1_3_VERSION);
    /// Until the other side closes the connection, or the server ends.
    void keepSilent();
    void hangUp(); ///< From any thread; waiting calls return.

private:
    [[nodiscard]] int receive(char* octets, int size);

    const int socket_;
    std::unique_ptr<SSL, decltype(&SSL_free)> tls_{nullptr, SSL_free};
    std::string heard_;
};

/// A TCP server on a loopback address and a free port that follows a script in each connection, in a thread of its own.
class ScriptedServer {
public:
    using Script = std::function<void(Conversation&)>;

    explicit ScriptedServer(Script script, std::string_view address = "127.0.0.1");
    ~ScriptedServer();
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    [[nodiscard]] const IpAddress& address() const { return address_; }
    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] int connections() const; ///< How many there were.

private:
    void serve();

    const Script script_;
    const IpAddress address_;
    std::uint16_t port_ = 0;
    int listener_ = -1;
    mutable std::mutex mutex_;
    std::list<Conversation> conversations_;
    std::vector<std::jthread> threads_;
    bool ending_ = false;
    std::jthread listening_;
};

} // namespace sealwright::test
