#pragma once

#include "live/transfer.h"
#include "live/truststore.h"

namespace sealwright {

/// A TCP connection that may turn to TLS, for a protocol that is spoken line by line. libcurl makes it and waits for
/// it, so that this is no matter of the system; what is said is ours. Calls block until the deadline, or until stop is
/// requested. Used by one thread.
class Connection {
public:
    Connection(const Endpoint& endpoint, TransferRun::Deadline deadline, const std::stop_token& stop);

    bool open();
    bool send(std::string_view octets);
    /// Without its end; nothing where none comes, or one of more octets.
    [[nodiscard]] std::optional<std::string> receiveLine(std::size_t longest);
    /// Exactly so many octets.
    [[nodiscard]] std::optional<std::string> receive(std::size_t size);
    /// As a client that takes no certificate but one for the host that these authorities vouch for.
    bool startTls(const TrustStore& trusted);
    /// As a client that takes every version of TLS and every certificate, to see which they are.
    bool startTls(CertificateWitness& witness);
    /// Our own address in it, once it is open.
    [[nodiscard]] std::optional<IpAddress> localAddress() const;
    /// For what is called from now on.
    void setDeadline(TransferRun::Deadline deadline) { run_.setDeadline(deadline); }

    /// What the last call that failed found: never `done`.
    [[nodiscard]] Reached end() const { return end_; }
    [[nodiscard]] const std::string& why() const { return why_; }
    /// The handshake failed for nothing but the server's certificate.
    [[nodiscard]] bool isUntrusted() const;

private:
    struct FreeTls {
        void operator()(SSL* tls) const { SSL_free(tls); }
    };

    bool fail(Reached end, std::string why = {});
    void beginTls(SSL_CTX* context);
    bool shakeHands();
    bool wait(short events);
    bool sendRaw(std::string_view octets);
    [[nodiscard]] std::optional<std::string> receiveRaw();
    bool receiveMore();
    bool sendFromTls();
    bool receiveForTls();

    std::string host_;
    const std::stop_token stop_;
    Transfer transfer_;
    Transfer* const all_[1] = {&transfer_};
    TransferRun run_;
    curl_socket_t socket_ = CURL_SOCKET_BAD;
    std::unique_ptr<SSL, FreeTls> tls_;
    std::string received_;
    Reached end_ = Reached::notAsked;
    std::string why_;
};

} // namespace sealwright
