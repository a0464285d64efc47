#pragma once

#include "message/header.h"
#include "names/domainname.h"

namespace sealwright::verdict {

/// Why DMARC can't be judged (RFC 9989 section 5.3.1): it wants one From: of one domain.
enum class AuthorError {
    noFrom,
    severalFrom,
    noAddress,
    badDomain, ///< what: the domain
    severalDomains,
};

/// The Author Domain of a message.
[[nodiscard]] tl::expected<DomainName, Problem<AuthorError>> authorOf(const message::Header& header);

} // namespace sealwright::verdict
