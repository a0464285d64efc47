#pragma once

#include "checks/network.h"

#include <chrono>
#include <curl/curl.h>
#include <memory>
#include <set>
#include <span>
#include <stop_token>
#include <system_error>
#include <vector>

namespace sealwright {

/// A server. Its addresses are known already: libcurl asks no DNS.
struct Endpoint {
    DomainName host;
    std::vector<IpAddress> addresses; ///< Tried as RFC 8305 has it; at least one.
    std::uint16_t port;
};

/// A list for libcurl; it must live as long as the transfer it was set in.
class CurlList {
public:
    void append(const std::string& item);
    [[nodiscard]] curl_slist* get() const { return list_.get(); }

private:
    struct Free {
        void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    };
    std::unique_ptr<curl_slist, Free> list_;
};

/// One transfer of libcurl, with what all of ours have in common: nothing of the user's environment (proxies, netrc),
/// no other protocol, no redirects, and certificates are verified. What else its protocol needs, its owner sets.
/// Used once, by one thread.
class Transfer {
public:
    /// scheme://host:port<path>; the scheme is one of libcurl's: "https", "smtp", "imaps".
    Transfer(std::string_view scheme, const Endpoint& endpoint, std::string_view path);
    ~Transfer();
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    template <class T>
    void set(CURLoption option, T value) {
        curl_easy_setopt(easy_.get(), option, value);
    }
    void set(CURLoption option, const std::string& value) { set(option, value.c_str()); }
    [[nodiscard]] CURL* easy() const { return easy_.get(); }
    /// A transfer that brings more ends there: isTooLong. As it begins: 64 kB.
    void limitReceived(std::size_t octets) { limit_ = octets; }

    // After the run.
    /// Of libcurl; CURLE_OPERATION_TIMEDOUT also where the deadline passed, CURLE_ABORTED_BY_CALLBACK where stop was
    /// requested.
    [[nodiscard]] CURLcode result() const { return result_; }
    [[nodiscard]] std::string why() const; ///< The system's or libcurl's words for a result that is not CURLE_OK.
    [[nodiscard]] Reached reached() const;
    [[nodiscard]] const std::string& received() const { return received_; }
    [[nodiscard]] bool isTooLong() const { return tooLong_; }
    /// What CURLINFO_… names; T is as libcurl's manual has it.
    template <class T>
    [[nodiscard]] T info(CURLINFO which) const {
        T value{};
        curl_easy_getinfo(easy_.get(), which, &value);
        return value;
    }

private:
    friend class TransferRun;
    /// Why the last address took no connection.
    [[nodiscard]] std::error_code connectError() const;
    struct Cleanup {
        void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
    };
    static std::size_t receive(const char* octets, std::size_t one, std::size_t count, void* self);
    static curl_socket_t openSocket(void* self, curlsocktype purpose, curl_sockaddr* address);
    static int closeSocket(void* self, curl_socket_t socket);
    void endEarly(CURLcode result);
    void shutDownSockets() const;

    std::unique_ptr<CURL, Cleanup> easy_;
    CurlList addresses_;
    std::set<curl_socket_t> sockets_; ///< That are open.
    CURLcode result_ = CURLE_ABORTED_BY_CALLBACK;
    bool connected_ = false;
    std::string received_;
    std::size_t limit_ = std::size_t{64} * 1024;
    bool tooLong_ = false;
    char why_[CURL_ERROR_SIZE] = {};
};

/// Some transfers under way. Destroyed, none is any more; nobody says goodbye (QUIT, LOGOUT), for who waits for the
/// answer to that may wait for long.
class TransferRun {
public:
    using Deadline = std::chrono::steady_clock::time_point;

    TransferRun(std::span<Transfer* const> transfers, Deadline deadline);
    ~TransferRun();
    TransferRun(const TransferRun&) = delete;
    TransferRun& operator=(const TransferRun&) = delete;

    /// Until all have ended, the deadline has passed, or stop is requested.
    void finish(const std::stop_token& stop);
    /// Until something happens, on these sockets too. False where the deadline has passed or stop is requested.
    [[nodiscard]] bool wait(const std::stop_token& stop, std::span<curl_waitfd> also = {});

private:
    /// Does what can be done now. Returns whether anything is left to do.
    [[nodiscard]] bool advance();

    std::vector<Transfer*> transfers_;
    std::vector<Transfer*> open_;
    CURLM* multi_;
    Deadline deadline_;
};

/// Runs these at the same time. Returns when all have ended, the deadline has passed, or at once when stop is
/// requested. Those to the same host and port share its addresses.
void runTransfers(std::span<Transfer* const> transfers, std::chrono::steady_clock::time_point deadline,
                  const std::stop_token& stop);

} // namespace sealwright
