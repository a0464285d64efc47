#include "names/ipaddress.h"

#include "base/ascii.h"

#include <algorithm>
#include <charconv>
#include <span>

#ifdef _WIN32
#include <ws2tcpip.h>
#else
#include <arpa/inet.h>
#endif

namespace sealwright {
namespace {

using Refusal = tl::unexpected<Problem<IpAddressError>>;

constexpr std::string_view v6Tag = "IPv6:";
constexpr std::size_t longestAddress = 45; // INET6_ADDRSTRLEN - 1

// Special-purpose networks that no mail reaches the Internet from (RFC 6890 and its registries).
constexpr std::string_view notPublic[] = {
    "0.0.0.0/8",     "10.0.0.0/8",   "100.64.0.0/10",  "127.0.0.0/8",   "169.254.0.0/16",  "172.16.0.0/12",
    "192.0.0.0/24",  "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
    "224.0.0.0/4",   "240.0.0.0/4",  "::/127",         "::ffff:0:0/96", "64:ff9b:1::/48",  "100::/64",
    "2001:db8::/32", "3fff::/20",    "fc00::/7",       "fe80::/10",     "ff00::/8",
};

constexpr std::string_view forDocumentation[] = {
    "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20",
};

bool isInOne(const IpAddress& address, std::span<const std::string_view> networks) {
    return std::ranges::any_of(
        networks, [&address](std::string_view network) { return IpNetwork::parse(network)->contains(address); });
}

} // namespace

tl::expected<IpAddress, Problem<IpAddressError>> IpAddress::parse(std::string_view text) {
    if (text.empty()) {
        return Refusal(problem(IpAddressError::empty));
    }
    if (text.size() > longestAddress || text.find('\0') != std::string_view::npos) {
        return Refusal(problem(IpAddressError::notAnAddress, text));
    }
    const std::string input(text);
    IpAddress address;
    address.v4_ = input.find(':') == std::string::npos;
    if (inet_pton(address.v4_ ? AF_INET : AF_INET6, input.c_str(), address.octets_.data()) != 1) {
        return Refusal(problem(IpAddressError::notAnAddress, text));
    }
    return address;
}

std::optional<IpAddress> IpAddress::fromOctets(std::string_view octets) {
    if (octets.size() != 4 && octets.size() != 16) {
        return std::nullopt;
    }
    IpAddress address;
    address.v4_ = octets.size() == 4;
    std::ranges::copy(octets, address.octets_.begin());
    return address;
}

std::optional<IpAddress> IpAddress::fromLiteral(std::string_view text) {
    if (!text.starts_with('[') || !text.ends_with(']')) {
        return std::nullopt;
    }
    text = text.substr(1, text.size() - 2);
    const bool v6 = sameLetters(text.substr(0, v6Tag.size()), v6Tag);
    const auto address = parse(text.substr(v6 ? v6Tag.size() : 0));
    return address && address->isV4() != v6 ? std::optional(*address) : std::nullopt;
}

std::string IpAddress::toLiteral() const {
    return "[" + std::string(v4_ ? "" : v6Tag) + toString() + "]";
}

std::string IpAddress::toString() const {
    char text[longestAddress + 1];
    if (v4_) { // Said here, since inet_ntop prints it by sprintf(), and SPF's traces are full of addresses.
        char* end = text;
        for (const char octet : octets()) {
            end = std::to_chars(end, text + sizeof text, static_cast<unsigned char>(octet)).ptr;
            *end++ = '.';
        }
        return {text, end - 1};
    }
    return inet_ntop(AF_INET6, octets_.data(), text, sizeof text);
}

std::string_view IpAddress::octets() const {
    return {octets_.data(), v4_ ? std::size_t{4} : std::size_t{16}};
}

IpAddress IpAddress::unmapped() const {
    constexpr std::string_view mapped("\0\0\0\0\0\0\0\0\0\0\xFF\xFF", 12);
    return !v4_ && octets().starts_with(mapped) ? *fromOctets(octets().substr(mapped.size())) : *this;
}

bool IpAddress::isPublic() const {
    return !isInOne(*this, notPublic);
}

bool IpAddress::isForDocumentation() const {
    return isInOne(*this, forDocumentation);
}

std::string IpAddress::reverseName() const {
    constexpr char digits[] = "0123456789abcdef";
    const std::string_view from = octets();
    std::string name;
    for (auto octet = from.rbegin(); octet != from.rend(); ++octet) {
        const auto value = static_cast<unsigned char>(*octet);
        if (v4_) {
            name += std::to_string(value) + ".";
        } else {
            name += {digits[value & 0xF], '.', digits[value >> 4U], '.'};
        }
    }
    return name + (v4_ ? "in-addr.arpa" : "ip6.arpa");
}

tl::expected<IpNetwork, Problem<IpAddressError>> IpNetwork::parse(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = IpAddress::parse(text.substr(0, slash));
    if (!address) {
        return tl::unexpected(address.error());
    }
    const unsigned longest = address->isV4() ? 32 : 128;
    if (slash == std::string_view::npos) {
        return IpNetwork{*address, longest};
    }
    const std::string_view digits = text.substr(slash + 1);
    unsigned length = 0;
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
    const bool zeroAhead = digits.size() > 1 && digits.front() == '0'; // RFC 7208 section 12: ip4-cidr-length
    if (fault != std::errc() || end != digits.data() + digits.size() || length > longest || zeroAhead) {
        return Refusal(problem(IpAddressError::badPrefixLength, digits, slash + 1));
    }
    return IpNetwork{*address, length};
}

bool IpNetwork::contains(const IpAddress& other) const {
    if (address.isV4() != other.isV4()) {
        return false;
    }
    const std::string_view a = address.octets();
    const std::string_view b = other.octets();
    const std::size_t whole = prefixLength / 8;
    if (a.substr(0, whole) != b.substr(0, whole)) {
        return false;
    }
    const unsigned rest = prefixLength % 8;
    if (rest == 0) {
        return true;
    }
    const unsigned mask = 0xFFU << (8U - rest) & 0xFFU;
    return (static_cast<unsigned char>(a[whole]) & mask) == (static_cast<unsigned char>(b[whole]) & mask);
}

std::string IpNetwork::toString() const {
    const bool whole = prefixLength == (address.isV4() ? 32U : 128U);
    std::string text = address.toString();
    return whole ? text : text.append("/").append(std::to_string(prefixLength));
}

} // namespace sealwright
