#include "live/connection.h"

#include <array>
#include <openssl/err.h>

namespace sealwright {
namespace {

std::string tlsErrors() {
    std::array<char, 256> words{};
    const unsigned long error = ERR_get_error();
    const char* reason = ERR_reason_error_string(error);
    ERR_error_string_n(error, words.data(), words.size());
    ERR_clear_error();
    return reason == nullptr ? words.data() : reason;
}

using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

Context makeContext() {
    Context context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    if (context == nullptr) {
        throw std::bad_alloc();
    }
    return context;
}

/// Old versions and weak ciphers as well: they are to be seen, not to be relied on.
Context lenientContext() {
    Context context = makeContext();
    SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
    SSL_CTX_set_security_level(context.get(), 0);
    SSL_CTX_set_options(context.get(), SSL_OP_LEGACY_SERVER_CONNECT);
    return context;
}

Context strictContext(const TrustStore& trusted) {
    Context context = makeContext();
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION); // RFC 8996
    SSL_CTX_set1_cert_store(context.get(), trusted.get());
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    return context;
}

} // namespace

Connection::Connection(const Endpoint& endpoint, TransferRun::Deadline deadline, const std::stop_token& stop)
    : host_(endpoint.host.toString()), stop_(stop), transfer_("http", endpoint, "/"), run_(all_, deadline) {
    transfer_.set(CURLOPT_CONNECT_ONLY, 1L);
}

bool Connection::fail(Reached end, std::string why) {
    end_ = stop_.stop_requested() ? Reached::cancelled : end;
    why_ = std::move(why);
    return false;
}

bool Connection::open() {
    run_.finish(stop_);
    if (transfer_.result() == CURLE_OK) {
        socket_ = transfer_.info<curl_socket_t>(CURLINFO_ACTIVESOCKET);
        return true;
    }
    return fail(transfer_.reached(), transfer_.why());
}

std::optional<IpAddress> Connection::localAddress() const {
    const auto* const text = transfer_.info<const char*>(CURLINFO_LOCAL_IP);
    const auto address = IpAddress::parse(text == nullptr ? "" : text);
    return address ? std::optional(*address) : std::nullopt;
}

bool Connection::wait(short events) {
    curl_waitfd socket{socket_, events, 0};
    return run_.wait(stop_, {&socket, 1}) || fail(Reached::silent);
}

bool Connection::sendRaw(std::string_view octets) {
    while (!octets.empty()) {
        std::size_t sent = 0;
        const CURLcode result = curl_easy_send(transfer_.easy(), octets.data(), octets.size(), &sent);
        if (result != CURLE_OK && result != CURLE_AGAIN) {
            return fail(Reached::closed, transfer_.why());
        }
        octets.remove_prefix(sent);
        if (result == CURLE_AGAIN && !wait(CURL_WAIT_POLLOUT)) {
            return false;
        }
    }
    return true;
}

std::optional<std::string> Connection::receiveRaw() {
    std::array<char, 4096> octets{};
    while (true) {
        std::size_t size = 0;
        const CURLcode result = curl_easy_recv(transfer_.easy(), octets.data(), octets.size(), &size);
        if (result == CURLE_OK && size > 0) {
            return std::string(octets.data(), size);
        }
        if (result != CURLE_AGAIN) {
            fail(Reached::closed, result == CURLE_OK ? std::string() : transfer_.why());
            return std::nullopt;
        }
        if (!wait(CURL_WAIT_POLLIN)) {
            return std::nullopt;
        }
    }
}

bool Connection::startTls(CertificateWitness& witness) {
    const Context context = lenientContext();
    witness.watch(context.get());
    beginTls(context.get());
    return shakeHands();
}

bool Connection::startTls(const TrustStore& trusted) {
    const Context context = strictContext(trusted);
    beginTls(context.get());
    return SSL_set1_host(tls_.get(), host_.c_str()) == 1 ? shakeHands() : fail(Reached::tlsFailed, tlsErrors());
}

bool Connection::isUntrusted() const {
    return tls_ != nullptr && SSL_get_verify_result(tls_.get()) != X509_V_OK;
}

void Connection::beginTls(SSL_CTX* context) {
    received_.clear(); // What came unencrypted counts for nothing (CVE-2011-0411).
    ERR_clear_error();
    tls_.reset(SSL_new(context));
    if (tls_ == nullptr) {
        throw std::bad_alloc();
    }
    SSL_set_bio(tls_.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    SSL_ctrl(tls_.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, host_.data());
    SSL_set_connect_state(tls_.get());
}

bool Connection::shakeHands() {
    while (true) {
        const int result = SSL_do_handshake(tls_.get());
        const int error = SSL_get_error(tls_.get(), result);
        if (error != SSL_ERROR_NONE && error != SSL_ERROR_WANT_READ) {
            const std::string errors = tlsErrors();
            const std::string why =
                isUntrusted() ? X509_verify_cert_error_string(SSL_get_verify_result(tls_.get())) : errors;
            sendFromTls(); // The alert, so that the server can write down why.
            return fail(Reached::tlsFailed, why);
        }
        if (!sendFromTls()) {
            return false;
        }
        if (error == SSL_ERROR_NONE) {
            return true;
        }
        if (!receiveForTls()) {
            return false;
        }
    }
}

bool Connection::sendFromTls() {
    char* octets = nullptr;
    const long size = BIO_get_mem_data(SSL_get_wbio(tls_.get()), &octets);
    const bool sent = sendRaw({octets, static_cast<std::size_t>(size)});
    static_cast<void>(BIO_reset(SSL_get_wbio(tls_.get())));
    return sent;
}

bool Connection::receiveForTls() {
    const auto octets = receiveRaw();
    return octets && BIO_write(SSL_get_rbio(tls_.get()), octets->data(), static_cast<int>(octets->size())) > 0;
}

bool Connection::send(std::string_view octets) {
    if (tls_ == nullptr) {
        return sendRaw(octets);
    }
    const int written = SSL_write(tls_.get(), octets.data(), static_cast<int>(octets.size()));
    return written > 0 ? sendFromTls() : fail(Reached::closed, tlsErrors());
}

bool Connection::receiveMore() {
    if (tls_ == nullptr) {
        const auto octets = receiveRaw();
        received_ += octets.value_or("");
        return octets.has_value();
    }
    std::array<char, 4096> octets{};
    while (true) {
        const int size = SSL_read(tls_.get(), octets.data(), octets.size());
        if (size > 0) {
            received_.append(octets.data(), static_cast<std::size_t>(size));
            return true;
        }
        if (SSL_get_error(tls_.get(), size) != SSL_ERROR_WANT_READ) {
            return fail(Reached::closed, tlsErrors());
        }
        if (!receiveForTls()) {
            return false;
        }
    }
}

std::optional<std::string> Connection::receive(std::size_t size) {
    while (received_.size() < size) {
        if (!receiveMore()) {
            return std::nullopt;
        }
    }
    std::string octets = received_.substr(0, size);
    received_.erase(0, size);
    return octets;
}

std::optional<std::string> Connection::receiveLine(std::size_t longest) {
    std::size_t end = 0;
    while ((end = received_.find('\n')) == std::string::npos && received_.size() <= longest) {
        if (!receiveMore()) {
            return std::nullopt;
        }
    }
    if (end > longest) {
        fail(Reached::garbled, received_.substr(0, 80));
        return std::nullopt;
    }
    std::string line = received_.substr(0, end);
    received_.erase(0, end + 1);
    if (line.ends_with('\r')) {
        line.pop_back();
    }
    return line;
}

} // namespace sealwright
