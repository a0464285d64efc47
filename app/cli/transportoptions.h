#pragma once

#include "cli/profiles.h"

namespace sealwright::cli {

/// --mta-sts, --tls-report-to and --certificate: what is given takes the place of what was saved.
[[nodiscard]] Result<void> applyTransport(const Context& context, const ProfileOptions& options, Profile& profile);

} // namespace sealwright::cli
