#pragma once

#include "names/domainname.h"
#include "names/ipaddress.h"

#include <chrono>
#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace sealwright {

/// How far a conversation with a server came. What is said of `why` is in the words of the system or of OpenSSL.
enum class Reached {
    notAsked,  ///< Off line.
    cancelled, ///< Stop was requested.
    noRoute,   ///< This computer has no way to such an address (no IPv6): `why`.
    nothing,   ///< The address did not answer in time, or the network on the way said no (a closed port): `why`.
    refused,   ///< The computer at the address takes no connections on that port.
    silent,    ///< It took the connection, and said nothing in time.
    closed,    ///< It ended the conversation where an answer was due: `why`.
    garbled,   ///< It answered, but not in the protocol's words: `why`, what it said.
    tlsFailed, ///< It talked, and the TLS handshake failed: `why`.
    done,
};

/// What a TLS server showed of itself.
struct ShownCertificate {
    std::vector<std::string> chain; ///< DER, the server's own first.
    std::string untrusted;  ///< Why it leads to no authority that this computer trusts, in OpenSSL's words; empty: it
                            ///< does. Names and dates are not looked at.
    std::string tlsVersion; ///< "TLSv1.3"
    std::chrono::sys_seconds when{}; ///< It was shown: what its dates are to be compared with.

    bool operator==(const ShownCertificate&) const = default;
};

/// One mail server at one of its addresses.
struct SmtpTarget {
    DomainName host; ///< For SNI.
    IpAddress address;
    std::uint16_t port = 25;

    auto operator<=>(const SmtpTarget&) const = default;
};

// RFC 5321 section 4.2.3.
inline constexpr int smtpReady = 220;
inline constexpr int smtpOk = 250;

/// What it said until STARTTLS was through (RFC 5321 sections 3.1 and 3.2, RFC 3207); no mail is begun. It is done too
/// where the server greets with anything but 220, does not offer STARTTLS, or does not mean it.
struct SmtpSeen {
    Reached reached = Reached::notAsked;
    std::string why{};
    int greetingCode = 0;   ///< 220, or what the server said instead.
    std::string greeting{}; ///< Its text, at most a line.
    int ehloCode = 0;       ///< 250, or what it answers to EHLO instead.
    std::string ehloName{}; ///< How it calls itself in its answer to EHLO.
    bool offersStartTls = false;
    int startTlsCode = 0; ///< 220, or how it refused what it had offered.
    ShownCertificate certificate{};
};

/// A file of a web server: https://<host>:<port><path>, at one of these addresses.
struct HttpsTarget {
    DomainName host;
    std::string path; ///< From the first slash on.
    std::vector<IpAddress> addresses;
    std::uint16_t port = 443;
};

/// It, fetched without following redirects, at most 64 kB of it.
struct HttpsSeen {
    Reached reached = Reached::notAsked;
    std::string why{};
    int status = 0;            ///< 200, 301, …
    std::string contentType{}; ///< The media type, without parameters, small letters.
    std::string body{};
    bool tooLong = false;
    ShownCertificate certificate{};
};

/// Talks to servers that are no name servers. Calls block until all is known, the deadline has passed, or stop is
/// requested; they never throw. Safe to call from several threads.
class Network {
public:
    virtual ~Network() = default;

    /// One result per target, in their order, as many at a time as is polite. `helo` is how we introduce ourselves.
    [[nodiscard]] virtual std::vector<SmtpSeen> probeSmtp(std::span<const SmtpTarget> targets, const DomainName& helo,
                                                          const std::stop_token& stop) = 0;
    /// Without an address nothing is asked.
    [[nodiscard]] virtual HttpsSeen fetch(const HttpsTarget& target, const std::stop_token& stop) = 0;
};

/// Off line: asks nobody.
class NoNetwork final : public Network {
public:
    [[nodiscard]] std::vector<SmtpSeen> probeSmtp(std::span<const SmtpTarget> targets, const DomainName& /*helo*/,
                                                  const std::stop_token& /*stop*/) override {
        return std::vector<SmtpSeen>(targets.size());
    }
    [[nodiscard]] HttpsSeen fetch(const HttpsTarget& /*target*/, const std::stop_token& /*stop*/) override {
        return {};
    }
};

} // namespace sealwright
