#pragma once

#include "plan/recordplan.h"

namespace sealwright {

/// The DMARC record of this profile, worked into the one that is published (RFC 9989 section 4.8).
[[nodiscard]] dmarc::Record plannedDmarc(const Profile& profile, const Published& published,
                                         std::vector<PlanNote>& notes);

/// Whether reports about `domain` to a mailbox at `reportHost` need that host's consent (RFC 9990 section 4).
[[nodiscard]] bool needsConsent(const DomainName& domain, const DomainName& reportHost, const Published& published);

} // namespace sealwright
