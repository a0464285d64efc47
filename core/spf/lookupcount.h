#pragma once

#include "dns/resolver.h"
#include "spf/record.h"

namespace sealwright::spf {

inline constexpr int mostLookups = 10; ///< RFC 7208 section 4.6.4

/// Section 4.6.4: whether evaluating it asks the DNS.
[[nodiscard]] bool costsLookup(MechanismKind kind);

/// A term of a record, or of one that it leads to.
struct CountedTerm {
    int depth = 0; ///< 0: of the record itself; those of an included one stand behind the include, one deeper.
    std::string term;
    int lookups = 0;       ///< Its own and those below it.
    bool followed = false; ///< It leads to a record, and that was read.
};

/// What a record costs a receiver, and which records it leans on can't be used.
struct LookupCount {
    int terms = 0;                    ///< include, a, mx, ptr, exists, redirect=, those of included records too.
    std::vector<DomainName> unusable; ///< Named by include: or redirect=, without exactly one valid SPF record.
    std::vector<Answer> unanswered;   ///< Records that the DNS did not tell, so `terms` may be too low.
    std::vector<CountedTerm> all;     ///< Every term that is looked at, in the order of evaluation.
};

/// What the terms of this one record cost.
[[nodiscard]] int ownLookups(const Record& record);

/// Counts the worst case, in which no mechanism matches. Names with macros count, and are not followed. One round trip
/// per level of includes; stops where the count is far over the limit.
[[nodiscard]] LookupCount countLookups(const Record& record, Resolver& resolver, const std::stop_token& stop);

} // namespace sealwright::spf
