#pragma once

#include "names/domainname.h"
#include "names/ipaddress.h"

#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace sealwright {

/// How far a conversation with a server came.
enum class Reached {
    notAsked,  ///< Off line.
    cancelled, ///< Stop was requested.
    nothing,   ///< The address did not answer in time, or there is no way to it (no IPv6, a closed port): `why`.
    refused,   ///< Something at the address said no to the connection.
    connected, ///< It answered, but not in the protocol's words, or not to the end: `why`.
    tls,       ///< It talked, and the TLS handshake failed: `why`.
    done,
};

/// What a TLS server showed of itself.
struct ShownCertificate {
    std::vector<std::string> chain; ///< DER, the server's own first.
    std::string untrusted;  ///< Why it leads to no authority that this computer trusts, in OpenSSL's words; empty: it
                            ///< does. Names and dates are not looked at.
    std::string tlsVersion; ///< "TLSv1.3"
};

/// One mail server at one of its addresses, port 25.
struct SmtpTarget {
    DomainName host; ///< For SNI.
    IpAddress address;

    auto operator<=>(const SmtpTarget&) const = default;
};

/// What it said until STARTTLS was through (RFC 5321 sections 3.1 and 3.2, RFC 3207); no mail is begun.
struct SmtpSeen {
    Reached reached = Reached::notAsked;
    std::string why{};
    int greetingCode = 0;   ///< 220, or what the server said instead.
    std::string greeting{}; ///< Its text, at most a line.
    std::string ehloName{}; ///< How it calls itself in its answer to EHLO.
    bool offersStartTls = false;
    ShownCertificate certificate{};
};

/// A file of a web server, fetched over HTTPS without following redirects, at most 64 kB of it.
struct HttpsSeen {
    Reached reached = Reached::notAsked;
    std::string why{};
    int status = 0;            ///< 200, 301, …
    std::string contentType{}; ///< The media type, without parameters, small letters.
    std::string body{};
    bool tooLong = false;
    ShownCertificate certificate{};
    bool nameMatches = false; ///< The certificate is for that host.
};

/// Talks to servers that are no name servers. Calls block until all is known, the deadline has passed, or stop is
/// requested; they never throw. Safe to call from several threads.
class Network {
public:
    virtual ~Network() = default;

    /// One result per target, in their order, asked at the same time. `helo` is how we introduce ourselves.
    [[nodiscard]] virtual std::vector<SmtpSeen> probeSmtp(std::span<const SmtpTarget> targets, const DomainName& helo,
                                                          const std::stop_token& stop) = 0;
    /// https://<host><path>, at one of these addresses, port 443.
    [[nodiscard]] virtual HttpsSeen fetch(const DomainName& host, std::string_view path,
                                          std::span<const IpAddress> addresses, const std::stop_token& stop) = 0;
};

/// Off line: asks nobody.
class NoNetwork final : public Network {
public:
    [[nodiscard]] std::vector<SmtpSeen> probeSmtp(std::span<const SmtpTarget> targets, const DomainName& /*helo*/,
                                                  const std::stop_token& /*stop*/) override {
        return std::vector<SmtpSeen>(targets.size());
    }
    [[nodiscard]] HttpsSeen fetch(const DomainName& /*host*/, std::string_view /*path*/,
                                  std::span<const IpAddress> /*addresses*/, const std::stop_token& /*stop*/) override {
        return {};
    }
};

} // namespace sealwright
