#pragma once

#include "plan/recordplan.h"

namespace sealwright {

/// The DMARC record of this profile, worked into the one that is published (RFC 9989 section 4.8).
[[nodiscard]] dmarc::Record plannedDmarc(const Profile& profile, const Published& published,
                                         std::vector<PlanNote>& notes);

struct InheritedDmarc {
    DomainName domain; ///< Whose record it is.
    dmarc::Record record;
};

/// The Organizational Domain's record, which applies to a domain without one of its own (RFC 9989 section 4.10.1).
[[nodiscard]] std::optional<InheritedDmarc> inheritedDmarc(const DomainName& domain, const Published& published);

/// Whether reports about `domain` to a mailbox at `reportHost` need that host's consent (RFC 9990 section 4).
[[nodiscard]] bool needsConsent(const DomainName& domain, const DomainName& reportHost, const Published& published);

} // namespace sealwright
