#pragma once

#include "dns/message.h"

namespace sealwright {

/// Who serves a zone, as one side says it.
struct Delegation {
    DomainName zone;
    std::vector<DomainName> servers;
    std::vector<std::pair<DomainName, IpAddress>> glue; ///< Addresses of servers that came along.
};

/// What one name server said itself, past every cache.
struct Reply {
    /// serverFailure, with `why`, also where it says nothing about the name: a referral, no authority.
    Answer answer;
    bool isAuthoritative = false;       ///< AA (RFC 1035 section 4.1.1).
    bool offersRecursion = false;       ///< RA: it is a resolver too.
    bool isCutShort = false;            ///< Truncated, and there was no reply over TCP.
    std::optional<Delegation> referral; ///< It names others instead (RFC 1034 section 4.3.2, step 3b).

    explicit Reply(Answer told) : answer(std::move(told)) {}

    /// It speaks of the name as an authority, and not from somebody's cache.
    [[nodiscard]] bool tells() const { return isAuthoritative && answer.isConclusive(); }
    /// As the zone above does; a resolver that names others only says whom it would ask.
    [[nodiscard]] bool refers() const { return referral && !offersRecursion; }
};

/// What a message means as the reply to a question that was put to an authority, or to a resolver (`recursive`).
[[nodiscard]] Reply replyOf(const Question& question, const DnsMessage& message, bool recursive);

} // namespace sealwright
