#pragma once

#include "dmarc/discover.h"

namespace sealwright::dmarc {

enum class Result { none, pass, fail, temperror, permerror }; ///< RFC 9989 section 4.5, named as RFC 8601 does.

enum class AlignedBy { dkim, spf };

/// What SPF and DKIM have found out about a message.
struct Authenticated {
    std::vector<DomainName> dkim;  ///< d= of each signature that passes.
    std::optional<DomainName> spf; ///< The MAIL FROM domain, where SPF passes for it; HELO's for a bounce.
    bool isIncomplete = false;     ///< A signature or SPF ended in temperror: it might have passed.
};

struct Evaluation {
    Result result = Result::none;
    std::vector<AlignedBy> alignedBy;
    Discovery discovery;
};

/// Whether the Author Domain is aligned with what passed (sections 4.4 and 5.3). Each other domain costs a
/// tree walk, one round trip.
[[nodiscard]] Evaluation evaluate(const DomainName& authorDomain, const Authenticated& authenticated,
                                  Resolver& resolver, const std::stop_token& stop);

/// The same as receivers do that still follow RFC 7489.
[[nodiscard]] Evaluation evaluateByList(const DomainName& authorDomain, const Authenticated& authenticated,
                                        Resolver& resolver, const std::stop_token& stop);

[[nodiscard]] std::string_view toString(Result result);
[[nodiscard]] std::string_view toString(AlignedBy mechanism);

} // namespace sealwright::dmarc
