#pragma once

#include "base/problem.h"

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace sealwright {

enum class IpAddressError {
    empty,
    notAnAddress,
    badPrefixLength,
    tooWide, ///< what: the network, which has more addresses than any one sender.
};

/// An IPv4 or IPv6 address.
class IpAddress {
public:
    [[nodiscard]] static tl::expected<IpAddress, Problem<IpAddressError>> parse(std::string_view text);
    /// From an A (4 octets) or AAAA (16 octets) record; nothing for another size.
    [[nodiscard]] static std::optional<IpAddress> fromOctets(std::string_view octets);

    /// As mail has it in place of a host's name (RFC 5321 section 4.1.3): [192.0.2.1], [IPv6:2001:db8::1].
    [[nodiscard]] static std::optional<IpAddress> fromLiteral(std::string_view text);
    [[nodiscard]] std::string toLiteral() const;

    [[nodiscard]] bool isV4() const { return v4_; }
    [[nodiscard]] std::string toString() const; ///< RFC 5952 for IPv6.
    [[nodiscard]] std::string_view octets() const;
    /// The IPv4 address that an IPv4-mapped one (::ffff:192.0.2.1, RFC 4291 section 2.5.5.2) stands for; else itself.
    [[nodiscard]] IpAddress unmapped() const;
    /// Reachable from the Internet at all: not private, loopback, link-local, documentation, …
    [[nodiscard]] bool isPublic() const;
    /// One of those that examples and tests use (RFC 5737, 3849 and 9637).
    [[nodiscard]] bool isForDocumentation() const;
    /// `4.3.2.1.in-addr.arpa`, or the nibbles under ip6.arpa.
    [[nodiscard]] std::string reverseName() const;

    auto operator<=>(const IpAddress&) const = default;

private:
    std::array<char, 16> octets_{};
    bool v4_ = true;
};

/// An address and how many of its leading bits count, as SPF's ip4 and ip6 take it.
struct IpNetwork {
    IpAddress address;
    unsigned prefixLength = 0; ///< 0..32 or 0..128

    [[nodiscard]] static tl::expected<IpNetwork, Problem<IpAddressError>> parse(std::string_view text);
    [[nodiscard]] bool contains(const IpAddress& other) const;
    [[nodiscard]] std::string toString() const; ///< Without the prefix length where it is the whole address.
    auto operator<=>(const IpNetwork&) const = default;
};

} // namespace sealwright
