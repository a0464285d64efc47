#pragma once

#include "dns/resolver.h"
#include "spf/record.h"

#include <optional>

namespace sealwright::spf {

/// RFC 7208 section 4.6.4
inline constexpr int mostLookups = 10;
inline constexpr int mostVoidLookups = 2;    ///< Terms whose questions come back empty.
inline constexpr std::size_t mostNames = 10; ///< MX hosts of a term, and names that PTR records give.

/// Section 4.6.4: whether evaluating it asks the DNS.
[[nodiscard]] bool costsLookup(MechanismKind kind);

/// A term of a record, or of one that it leads to.
struct CountedTerm {
    int depth = 0; ///< 0: of the record itself; those of an included one stand behind the include, one deeper.
    std::string term;
    int lookups = 0;             ///< Its own and those below it.
    bool isAtLeast = false;      ///< `lookups` may be more: a name in it has macros, or the DNS did not tell.
    bool isLoop = false;         ///< It leads back to a record that it is part of.
    std::optional<bool> isVoid;  ///< Whether what it names does not exist; nothing where that is not known.
    std::size_t mxHosts = 0;     ///< Of `mx`, where that was looked for; more than `mostNames` end in permerror.
    std::vector<Question> about; ///< What evaluating a, mx or exists asks first; nothing where the name has macros.
};

/// What a record costs a receiver, and which records it leans on can't be used.
struct LookupCount {
    int terms = 0; ///< include, a, mx, ptr, exists, redirect=, those of included records too; over 10 for a loop.
    std::vector<DomainName> unusable; ///< Named by include: or redirect=, without exactly one valid SPF record.
    std::vector<Answer> unanswered;   ///< Records that the DNS did not tell, so `terms` may be too low.
    std::vector<CountedTerm> all;     ///< Every term that is looked at, in the order of evaluation.
};

/// What the terms of this one record cost.
[[nodiscard]] int ownLookups(const Record& record);

/// Counts the worst case, in which no mechanism matches, for the record of that domain. Names with macros count, and
/// are not followed. One round trip per level of includes; stops where the count is far over the limit.
[[nodiscard]] LookupCount countLookups(const DomainName& domain, const Record& record, Resolver& resolver,
                                       const std::stop_token& stop);

/// Looks for what a, mx and exists name: sets `isVoid` and `mxHosts`. One round trip; of records far over the limit
/// only the first terms.
void lookForVoid(LookupCount& count, Resolver& resolver, const std::stop_token& stop);

} // namespace sealwright::spf
