#include "live/transfer.h"

#include <algorithm>
#include <csignal>
#include <mutex>

#ifndef _WIN32
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace sealwright {
namespace {

using Clock = std::chrono::steady_clock;

CURL* makeEasy() {
    static std::once_flag once;
    std::call_once(once, [] {
        curl_global_init(CURL_GLOBAL_DEFAULT);
#ifndef _WIN32
        std::signal(SIGPIPE, SIG_IGN); // A server that hangs up shall not end the program.
#endif
    });
    return curl_easy_init();
}

/// host:port:address,address as CURLOPT_RESOLVE takes it
std::string resolved(const Endpoint& endpoint) {
    std::string text = endpoint.host.toString() + ":" + std::to_string(endpoint.port);
    char before = ':';
    for (const IpAddress& address : endpoint.addresses) {
        text += before;
        text += address.isV4() ? address.toString() : "[" + address.toString() + "]";
        before = ',';
    }
    return text;
}

long millisecondsUntil(Clock::time_point deadline) {
    return std::max(0L,
                    static_cast<long>(std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count()));
}

} // namespace

void CurlList::append(const std::string& item) {
    curl_slist* longer = curl_slist_append(list_.get(), item.c_str());
    if (longer == nullptr) {
        throw std::bad_alloc();
    }
    static_cast<void>(list_.release()); // It is part of the longer one.
    list_.reset(longer);
}

Transfer::Transfer(std::string_view scheme, const Endpoint& endpoint, std::string_view path) : easy_(makeEasy()) {
    if (easy_ == nullptr) {
        throw std::bad_alloc();
    }
    addresses_.append(resolved(endpoint));
    set(CURLOPT_URL, std::string(scheme) + "://" + endpoint.host.toString() + ":" + std::to_string(endpoint.port) +
                         std::string(path));
    set(CURLOPT_PROTOCOLS_STR, std::string(scheme));
    set(CURLOPT_RESOLVE, addresses_.get());
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NETRC, long{CURL_NETRC_IGNORED});
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_NOSIGNAL, 1L); // There are other threads.
    set(CURLOPT_ERRORBUFFER, why_);
    set(CURLOPT_PRIVATE, this);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_WRITEFUNCTION, &Transfer::receive);
    set(CURLOPT_OPENSOCKETDATA, this);
    set(CURLOPT_OPENSOCKETFUNCTION, &Transfer::openSocket);
    set(CURLOPT_CLOSESOCKETDATA, this);
    set(CURLOPT_CLOSESOCKETFUNCTION, &Transfer::closeSocket);
}

Transfer::~Transfer() = default;

std::size_t Transfer::receive(const char* octets, std::size_t one, std::size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    const std::size_t size = one * count;
    const std::size_t taken = std::min(size, transfer.limit_ - transfer.received_.size());
    transfer.received_.append(octets, taken);
    transfer.tooLong_ = taken < size;
    return taken; // Less than came ends the transfer.
}

curl_socket_t Transfer::openSocket(void* self, curlsocktype /*purpose*/, curl_sockaddr* address) {
    const curl_socket_t made = ::socket(address->family, address->socktype, address->protocol);
    if (made != CURL_SOCKET_BAD) {
        static_cast<Transfer*>(self)->sockets_.insert(made);
    }
    return made;
}

int Transfer::closeSocket(void* self, curl_socket_t socket) {
    static_cast<Transfer*>(self)->sockets_.erase(socket);
#ifdef _WIN32
    return ::closesocket(socket);
#else
    return ::close(socket);
#endif
}

void Transfer::endEarly(CURLcode result) {
    result_ = result;
    connected_ = std::ranges::any_of(sockets_, [](curl_socket_t socket) {
        sockaddr_storage peer{};
        socklen_t size = sizeof peer;
        return ::getpeername(socket, reinterpret_cast<sockaddr*>(&peer), &size) == 0;
    });
}

// libcurl closes a connection of SMTP or IMAP with a last word, and waits for the answer up to two minutes, deaf to
// everything. On a socket that was shut down it can't say it.
void Transfer::shutDownSockets() const {
    constexpr int bothWays = 2; // SHUT_RDWR, SD_BOTH
    for (const curl_socket_t socket : sockets_) {
        ::shutdown(socket, bothWays);
    }
}

std::string Transfer::why() const {
    if (const std::error_code error = connectError()) {
        return error.message(); // libcurl says that it could not, not why.
    }
    return why_[0] == '\0' ? curl_easy_strerror(result_) : why_;
}

std::error_code Transfer::connectError() const {
    const long error = result_ == CURLE_COULDNT_CONNECT ? info<long>(CURLINFO_OS_ERRNO) : 0;
    return {static_cast<int>(error), std::system_category()};
}

Reached Transfer::reached() const {
    const auto isOneOf = [this](std::initializer_list<CURLcode> codes) {
        return std::ranges::find(codes, result_) != codes.end();
    };
    const std::error_code error = connectError();
    if (error == std::errc::connection_refused) {
        return Reached::refused;
    }
    if (error == std::errc::network_unreachable || error == std::errc::address_not_available ||
        error == std::errc::address_family_not_supported) {
        return Reached::noRoute;
    }
    if (result_ == CURLE_OK || result_ == CURLE_ABORTED_BY_CALLBACK) {
        return result_ == CURLE_OK ? Reached::done : Reached::cancelled;
    }
    if (!connected_ || result_ == CURLE_OPERATION_TIMEDOUT) {
        return connected_ ? Reached::silent : Reached::nothing;
    }
    if (isOneOf({CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_PEER_FAILED_VERIFICATION})) {
        return Reached::tlsFailed;
    }
    return isOneOf({CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_PARTIAL_FILE}) ? Reached::closed
                                                                                                : Reached::garbled;
}

TransferRun::TransferRun(std::span<Transfer* const> transfers, Clock::time_point deadline)
    : transfers_(transfers.begin(), transfers.end())
    , open_(transfers_)
    , multi_(curl_multi_init())
    , deadline_(deadline) {
    if (multi_ == nullptr) {
        throw std::bad_alloc();
    }
    for (Transfer* transfer : transfers_) {
        // libcurl shares this out among the addresses; as it comes, the first alone would get minutes. A little more
        // than there is, so that our own deadline is what passes first.
        transfer->set(CURLOPT_CONNECTTIMEOUT_MS, millisecondsUntil(deadline) + 100);
        curl_multi_add_handle(multi_, transfer->easy_.get());
    }
}

TransferRun::~TransferRun() {
    for (Transfer* transfer : transfers_) {
        transfer->shutDownSockets();
        curl_multi_remove_handle(multi_, transfer->easy_.get());
    }
    curl_multi_cleanup(multi_);
}

void TransferRun::finish(const std::stop_token& stop) {
    while (!stop.stop_requested() && advance() && wait(stop)) {
    }
    for (Transfer* transfer : open_) {
        transfer->endEarly(stop.stop_requested() ? CURLE_ABORTED_BY_CALLBACK : CURLE_OPERATION_TIMEDOUT);
    }
}

bool TransferRun::advance() {
    int running = 0;
    curl_multi_perform(multi_, &running);
    int more = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &more)) {
        Transfer* transfer = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
        transfer->result_ = message->data.result;
        transfer->connected_ = message->data.result != CURLE_COULDNT_CONNECT;
        std::erase(open_, transfer);
    }
    return running > 0;
}

bool TransferRun::wait(const std::stop_token& stop, std::span<curl_waitfd> also) {
    const std::stop_callback wake(stop, [this] { curl_multi_wakeup(multi_); });
    const long left = millisecondsUntil(deadline_);
    if (left > 0 && !stop.stop_requested()) {
        curl_multi_poll(multi_, also.data(), static_cast<unsigned>(also.size()), static_cast<int>(left), nullptr);
    }
    return left > 0 && !stop.stop_requested();
}

void runTransfers(std::span<Transfer* const> transfers, Clock::time_point deadline, const std::stop_token& stop) {
    TransferRun(transfers, deadline).finish(stop);
}

} // namespace sealwright
