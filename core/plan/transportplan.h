#pragma once

#include "dane/tlsa.h"
#include "mtasts/record.h"
#include "plan/recordplan.h"
#include "tlsrpt/record.h"

namespace sealwright {

/// The MTA-STS policy of this profile: it names the published MX hosts, or the one that is planned. Nothing where none
/// is wanted or no host is known.
[[nodiscard]] std::optional<mtasts::Policy> plannedPolicy(const Profile& profile, const Published& published,
                                                          std::vector<PlanNote>& notes);

/// The record for that policy; extensions of the published one are kept.
[[nodiscard]] mtasts::Record plannedMtaSts(const Profile& profile, const mtasts::Policy& policy,
                                           const Published& published, std::vector<PlanNote>& notes);

/// Whether the host that is to serve the policy is published already, and as something else than an alias of ours.
[[nodiscard]] bool servesElsewhere(const DomainName& policyHost, const DomainName& mailHost,
                                   const Published& published);

/// The TLS-RPT record, worked into the one that is published.
[[nodiscard]] tlsrpt::Record plannedTlsRpt(const Profile& profile, const Published& published,
                                           std::vector<PlanNote>& notes);

/// One TLSA record for each of the profile's certificate keys, for `name`.
[[nodiscard]] std::vector<dane::Tlsa> plannedTlsa(const Profile& profile, const DomainName& name,
                                                  const Published& published, std::vector<PlanNote>& notes);

} // namespace sealwright
