#pragma once

#include "dmarc/discover.h"

namespace sealwright::dmarc {

/// Why a receiver that follows RFC 7489 may treat a domain's mail otherwise than one that follows RFC 9989.
enum class Difference {
    severalRecords,  ///< At the domain itself: RFC 7489 ends there, RFC 9989 goes on to the names above.
    recordElsewhere, ///< They find the record at different names, or only one of them finds one.
    organization,    ///< Their Organizational Domains differ, and so does what is aligned with the domain (relaxed).
    testing,         ///< t=y: one level lower by RFC 9989, nothing to RFC 7489.
    percentage,      ///< pct=: a share of the mail by RFC 7489, nothing to RFC 9989.
    nonexistent,     ///< np=, of which RFC 7489 knows nothing.
};

/// Which record counts by either standard.
struct Standards {
    Discovery current; ///< RFC 9989
    Discovery legacy;  ///< RFC 7489
    std::vector<Difference> differences;
    /// Published at the domain's own `_dmarc`, it makes both the same: what RFC 9989 makes of the domain today, spelled
    /// out. Nothing where there is no difference, or no record to go by.
    std::optional<Record> forBoth;
};

[[nodiscard]] Standards discoverByBoth(const DomainName& domain, Resolver& resolver, const std::stop_token& stop);
[[nodiscard]] Standards compareStandards(Discovery current, Discovery legacy);

/// The policy with t=y applied: one level lower (RFC 9989 section 4.8).
[[nodiscard]] Policy inForce(const Discovery& current);

[[nodiscard]] std::string_view toString(Difference difference); ///< A word for scripts.

} // namespace sealwright::dmarc
