#include "live/transfer.h"

#include <algorithm>
#include <cerrno>
#include <mutex>
#include <system_error>

#ifndef _WIN32
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace sealwright {
namespace {

using Clock = std::chrono::steady_clock;

CURL* makeEasy() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
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
    if (const long error = info<long>(CURLINFO_OS_ERRNO); result_ == CURLE_COULDNT_CONNECT && error != 0) {
        return std::system_category().message(static_cast<int>(error)); // libcurl says that it could not, not why.
    }
    return why_[0] == '\0' ? curl_easy_strerror(result_) : why_;
}

bool Transfer::wasRefused() const {
#ifdef _WIN32
    constexpr long refused = WSAECONNREFUSED;
#else
    constexpr long refused = ECONNREFUSED;
#endif
    return result_ == CURLE_COULDNT_CONNECT && info<long>(CURLINFO_OS_ERRNO) == refused;
}

/// Some transfers under way. Destroyed, none is any more.
class TransferRun {
public:
    TransferRun(std::span<Transfer* const> transfers, Clock::time_point deadline)
        : transfers_(transfers), multi_(curl_multi_init()) {
        if (multi_ == nullptr) {
            throw std::bad_alloc();
        }
        for (Transfer* transfer : transfers_) {
            // libcurl shares this out among the addresses; as it comes, the first alone would get minutes. A little
            // more than there is, so that our own deadline is what passes first.
            transfer->set(CURLOPT_CONNECTTIMEOUT_MS, millisecondsUntil(deadline) + 100);
            curl_multi_add_handle(multi_, transfer->easy_.get());
        }
    }

    ~TransferRun() {
        for (Transfer* transfer : transfers_) {
            transfer->shutDownSockets();
            curl_multi_remove_handle(multi_, transfer->easy_.get());
        }
        curl_multi_cleanup(multi_);
    }

    TransferRun(const TransferRun&) = delete;
    TransferRun& operator=(const TransferRun&) = delete;

    void wakeUp() { curl_multi_wakeup(multi_); }
    void wait(long milliseconds) { curl_multi_poll(multi_, nullptr, 0, static_cast<int>(milliseconds), nullptr); }

    /// Does what can be done now. Returns whether anything is left to do.
    bool advance() {
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

    void endOpen(CURLcode result) {
        for (Transfer* transfer : open_) {
            transfer->endEarly(result);
        }
    }

private:
    std::span<Transfer* const> transfers_;
    std::vector<Transfer*> open_{transfers_.begin(), transfers_.end()};
    CURLM* multi_;
};

void runTransfers(std::span<Transfer* const> transfers, Clock::time_point deadline, const std::stop_token& stop) {
    TransferRun run(transfers, deadline);
    const std::stop_callback wake(stop, [&run] { run.wakeUp(); });
    while (!stop.stop_requested() && run.advance()) {
        const long left = millisecondsUntil(deadline);
        if (left == 0) {
            break;
        }
        run.wait(left);
    }
    run.endOpen(stop.stop_requested() ? CURLE_ABORTED_BY_CALLBACK : CURLE_OPERATION_TIMEDOUT);
}

} // namespace sealwright
