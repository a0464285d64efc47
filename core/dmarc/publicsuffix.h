#pragma once

#include "names/domainname.h"

namespace sealwright::dmarc {

/// One label below the longest public suffix of the Public Suffix List, as the system has it or as it was built in:
/// what RFC 7489 section 3.2 calls the Organizational Domain. A public suffix is its own.
[[nodiscard]] DomainName registrableDomain(const DomainName& name);

} // namespace sealwright::dmarc
