#pragma once

#include "dns/resolver.h"
#include "spf/record.h"

namespace sealwright::spf {

inline constexpr int mostLookups = 10; ///< RFC 7208 section 4.6.4

/// Section 4.6.4: whether evaluating it asks the DNS.
[[nodiscard]] bool costsLookup(MechanismKind kind);

/// What a record costs a receiver, and which records it leans on can't be used.
struct LookupCount {
    int terms = 0;                    ///< include, a, mx, ptr, exists, redirect=, those of included records too.
    std::vector<DomainName> unusable; ///< Named by include: or redirect=, without exactly one valid SPF record.
    std::vector<Answer> unanswered;   ///< Records that the DNS did not tell, so `terms` may be too low.
};

/// What the terms of this one record cost.
[[nodiscard]] int ownLookups(const Record& record);

/// Counts the worst case, in which no mechanism matches. Names with macros count, and are not followed. One round trip
/// per level of includes; stops where the count is far over the limit.
[[nodiscard]] LookupCount countLookups(const Record& record, Resolver& resolver, const std::stop_token& stop);

} // namespace sealwright::spf
