#pragma once

#include "message/header.h"
#include "names/domainname.h"
#include "names/ipaddress.h"

#include <chrono>

namespace sealwright::message {

/// A Received field (RFC 5321 section 4.4), as the mail servers of the field write it.
struct Received {
    std::string helo;                ///< What the client called itself; empty where it is not told.
    std::string reverseName;         ///< That of the client, as the receiver proved it; empty where it did not.
    std::optional<IpAddress> client; ///< Where it came from; nothing for mail made on the server.
    std::string by;                  ///< The server that wrote the field.
    std::optional<std::chrono::sys_seconds> time; ///< When.

    /// `value`: what stands behind `Received:`.
    [[nodiscard]] static Received parse(std::string_view value);
};

/// How the message came to the organization that received it.
struct Delivery {
    std::optional<Received> hop;         ///< The topmost Received that tells of a host outside.
    std::optional<std::string> mailFrom; ///< From Return-Path; empty for a bounce; nothing where it is not told.
};

/// What all hosts of one organization have in common, such as dmarc::registrableDomain().
using SiteOf = DomainName (*)(const DomainName& host);

/// Reads the trace fields from the top. What stands below the hop was there before, and anybody may have written it.
[[nodiscard]] Delivery deliveryOf(const Header& header, SiteOf siteOf);

} // namespace sealwright::message
