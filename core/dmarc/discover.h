#pragma once

#include "dmarc/record.h"
#include "dns/resolver.h"

namespace sealwright::dmarc {

/// A record that is surely meant for DMARC, and that no receiver can go by.
struct UnusableRecord {
    DomainName domain; ///< Whose `_dmarc` it stands at.
    std::string text;  ///< By isDmarc() one without a valid policy or report address, else one that begins wrongly.

    bool operator==(const UnusableRecord&) const = default;
};

/// Which DMARC record counts for an Author Domain.
struct Discovery {
    DomainName domain;
    DomainName organizationalDomain;
    std::optional<DomainName> policyDomain; ///< Whose record counts; nothing where DMARC does not apply.
    std::optional<Record> record;
    std::string text;                ///< That record as it is published.
    Policy policy = Policy::none;    ///< p, sp or np of it, whichever is for this domain.
    std::vector<DomainName> queries; ///< `_dmarc` names that are asked for, in order.
    /// The answer that is missing. Where a record was found all the same, it is the domain's own and counts; only
    /// the organization is unknown. Otherwise nothing can be said: neither pass nor fail.
    std::optional<Answer> unanswered;
    std::vector<DomainName> duplicates; ///< Asked names with more than one record, which then count as none.
    std::vector<UnusableRecord> unusable;
};

/// By the DNS Tree Walk. All its names are asked for together, which answers as one walk after the other would.
[[nodiscard]] Discovery discover(const DomainName& domain, Resolver& resolver, const std::stop_token& stop);

/// By the Public Suffix List, as receivers do that still follow RFC 7489 (section 6.6.3).
[[nodiscard]] Discovery discoverByList(const DomainName& domain, Resolver& resolver, const std::stop_token& stop);

} // namespace sealwright::dmarc
