#include "checks/blocklists.h"

namespace sealwright {
namespace {

// Of an address list and of a domain list; DBL is asked by the name its operator keeps for tests.
constexpr std::string_view listed4 = "2.0.0.127";
constexpr std::string_view unlisted4 = "1.0.0.127";
constexpr std::string_view unlistedDomain = "invalid";

// Left out: those that want a registration first (Barracuda), take money for removal (UCEPROTECT), or are gone (SORBS,
// NiX Spam).
constexpr Blocklist known[] = {
    {"zen.spamhaus.org", "Spamhaus ZEN", "https://check.spamhaus.org/", false, true, true, listed4, unlisted4},
    {"bl.spamcop.net", "SpamCop", "https://www.spamcop.net/bl.shtml", false, false, false, listed4, unlisted4},
    {"psbl.surriel.com", "PSBL", "https://psbl.org/", false, false, false, listed4, unlisted4},
    {"dbl.spamhaus.org", "Spamhaus DBL", "https://check.spamhaus.org/", true, false, true, "dbltest.com",
     unlistedDomain},
};

IpAddress address(std::string_view text) {
    return *IpAddress::parse(text);
}

} // namespace

std::span<const Blocklist> blocklists() {
    return known;
}

// Spamhaus' codes: docs.spamhaus.com, "Available zones"; spamhaus.org/faq, "DNSBL usage".
Listing meaning(const Blocklist& list, const IpAddress& record) {
    static const IpNetwork ofLists{address("127.0.0.0"), 8}; // RFC 5782 section 2.3
    static const IpNetwork refusals{address("127.255.255.0"), 24};
    static const IpAddress policies[] = {address("127.0.0.10"), address("127.0.0.11")}; // PBL
    if (!ofLists.contains(record)) {
        return Listing::broken;
    }
    if (refusals.contains(record) || record == address("127.0.0.1") || record == address("127.0.1.255")) {
        return Listing::refused;
    }
    const bool isPolicy = list.zone == "zen.spamhaus.org" && (record == policies[0] || record == policies[1]);
    return isPolicy ? Listing::policy : Listing::listed;
}

std::optional<DomainName> listingName(const Blocklist& list, const IpAddress& address) {
    const std::string reverse = address.reverseName();
    const std::string_view suffix = address.isV4() ? ".in-addr.arpa" : ".ip6.arpa";
    return listingName(list, std::string_view(reverse).substr(0, reverse.size() - suffix.size()));
}

std::optional<DomainName> listingName(const Blocklist& list, std::string_view entry) {
    const auto name = DomainName::parseDns(std::string(entry) + "." + std::string(list.zone));
    return name ? std::optional(*name) : std::nullopt; // A long domain has no place in a list.
}

} // namespace sealwright
