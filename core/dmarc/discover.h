#pragma once

#include "dmarc/record.h"
#include "dns/resolver.h"

namespace sealwright::dmarc {

/// Which DMARC record counts for an Author Domain (RFC 9989 section 4.10.1).
struct Discovery {
    DomainName domain;
    DomainName organizationalDomain;
    std::optional<DomainName> policyDomain; ///< Whose record counts; nothing where DMARC does not apply.
    std::optional<Record> record;
    std::string text;                   ///< That record as it is published.
    Policy policy = Policy::none;       ///< p, sp or np of it, whichever is for this domain.
    std::vector<DomainName> queries;    ///< `_dmarc` names that the walk asks for, in order.
    std::optional<Answer> unanswered;   ///< Without this answer nothing can be said: neither pass nor fail.
    std::vector<DomainName> duplicates; ///< Asked names with more than one record, which then count as none.
};

/// The DNS Tree Walk. All its names are asked for together, which answers as one walk after the other would.
[[nodiscard]] Discovery discover(const DomainName& domain, Resolver& resolver, const std::stop_token& stop);

} // namespace sealwright::dmarc
