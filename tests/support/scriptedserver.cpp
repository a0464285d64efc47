#include "support/scriptedserver.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

namespace sealwright::test {

Conversation::~Conversation() {
    tls_.reset();
    close(socket_);
}

bool Conversation::say(std::string_view octets) {
    while (!octets.empty()) {
        const auto size = static_cast<int>(octets.size());
        const auto sent = tls_ ? SSL_write(tls_.get(), octets.data(), size)
                               : static_cast<int>(send(socket_, octets.data(), octets.size(), MSG_NOSIGNAL));
        if (sent <= 0) {
            return false;
        }
        octets.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

int Conversation::receive(char* octets, int size) {
    return tls_ ? SSL_read(tls_.get(), octets, size)
                : static_cast<int>(recv(socket_, octets, static_cast<std::size_t>(size), 0));
}

std::string Conversation::hear() {
    for (char octet = 0; receive(&octet, 1) == 1;) { // One by one: what follows a line may be TLS.
        if (octet == '\n') {
            std::string line = std::move(heard_);
            heard_.clear();
            return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
        }
        heard_ += octet;
    }
    return {};
}

bool Conversation::startTls(const TestCertificate& certificate, int newest) {
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    SSL_CTX_set_security_level(context.get(), 0); // TLS 1.0 needs it.
    SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context.get(), newest);
    SSL_CTX_use_certificate(context.get(), certificate.certificate());
    SSL_CTX_use_PrivateKey(context.get(), certificate.key());
    std::unique_ptr<SSL, decltype(&SSL_free)> tls(SSL_new(context.get()), SSL_free);
    SSL_set_fd(tls.get(), socket_);
    if (SSL_accept(tls.get()) != 1) {
        return false;
    }
    tls_ = std::move(tls);
    return true;
}

void Conversation::keepSilent() {
    for (char octet = 0; receive(&octet, 1) == 1;) {
    }
}

void Conversation::hangUp() {
    shutdown(socket_, SHUT_RDWR);
}

ScriptedServer::ScriptedServer(Script script, std::string_view address)
    : script_(std::move(script)), address_(IpAddress::parse(address).value()) {
    std::signal(SIGPIPE, SIG_IGN); // OpenSSL writes without MSG_NOSIGNAL.
    const bool v4 = address_.isV4();
    listener_ = socket(v4 ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_storage place{};
    socklen_t size = v4 ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
    place.ss_family = v4 ? AF_INET : AF_INET6;
    inet_pton(place.ss_family, address_.toString().c_str(),
              v4 ? static_cast<void*>(&reinterpret_cast<sockaddr_in&>(place).sin_addr)
                 : &reinterpret_cast<sockaddr_in6&>(place).sin6_addr);
    if (bind(listener_, reinterpret_cast<sockaddr*>(&place), size) != 0 || listen(listener_, 64) != 0 ||
        getsockname(listener_, reinterpret_cast<sockaddr*>(&place), &size) != 0) {
        close(listener_);
        throw std::runtime_error("no port for a server on " + std::string(address));
    }
    port_ = ntohs(reinterpret_cast<sockaddr_in&>(place).sin_port); // At the same place for IPv6.
    listening_ = std::jthread([this] { serve(); });
}

ScriptedServer::~ScriptedServer() {
    {
        const std::scoped_lock lock(mutex_);
        ending_ = true;
        for (Conversation& conversation : conversations_) {
            conversation.hangUp();
        }
    }
    shutdown(listener_, SHUT_RDWR);
    listening_.join();
    threads_.clear();
    close(listener_);
}

int ScriptedServer::connections() const {
    const std::scoped_lock lock(mutex_);
    return static_cast<int>(conversations_.size());
}

void ScriptedServer::serve() {
    while (true) {
        const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0) {
            return;
        }
        const std::scoped_lock lock(mutex_);
        Conversation& conversation = conversations_.emplace_back(socket);
        if (ending_) {
            return;
        }
        threads_.emplace_back([this, &conversation] {
            script_(conversation);
            conversation.hangUp();
        });
    }
}

} // namespace sealwright::test
