#pragma once

#include "checks/check.h"

namespace sealwright {

/// An address that sends mail for the domain.
struct SendingAddress {
    IpAddress address;
    std::optional<DomainName> helo; ///< The name its server says HELO with; nothing where nobody told.

    auto operator<=>(const SendingAddress&) const = default;
};

/// The mail server's addresses and those the profile names (of wider networks nothing is known, so they are left out),
/// in their order, none twice, a sensible number. Where the profile names neither, the MX hosts whose addresses SPF
/// lets pass are a good guess: most small servers send from where they receive. Nothing for a domain that never sends.
[[nodiscard]] std::vector<SendingAddress> sendingAddresses(const CheckInput& input, const std::stop_token& stop);

/// Both kinds of addresses of these hosts, from what is published or else from the resolver: one round trip.
[[nodiscard]] std::vector<Answer> addressAnswers(const CheckInput& input, std::span<const DomainName> hosts,
                                                 const std::stop_token& stop);

/// Whether others on the Internet can be reached at that address, or by it. Addresses for documentation count as such:
/// they stand for real ones in examples.
[[nodiscard]] bool isOnTheInternet(const IpAddress& address);

} // namespace sealwright
