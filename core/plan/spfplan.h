#pragma once

#include "plan/recordplan.h"
#include "spf/record.h"

namespace sealwright {

/// The SPF record for one name: what we need, merged into what is published there. Nothing published is lost but terms
/// that mean nothing (RFC 7208 section 4.6) and `+all`; notes tell.
[[nodiscard]] spf::Record mergedSpf(const spf::Record& wanted, const Answer* published, const DomainName& name,
                                    std::vector<PlanNote>& notes);

/// What lets this profile's own senders pass.
[[nodiscard]] spf::Record wantedSpf(const Profile& profile, const Published& published);

/// For the mail host's own name, which HELO and bounces use.
[[nodiscard]] spf::Record wantedHostSpf();

} // namespace sealwright
