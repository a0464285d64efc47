#pragma once

#include "cli/context.h"
#include "mta/bundle.h"

namespace sealwright::cli {

/// Writes the bundle with the keys of the vault; the path that was written.
[[nodiscard]] Result<QString> writeBundle(const Context& context, const ServerSetup& setup,
                                          const std::vector<BundleDomain>& domains, const std::string& target);

} // namespace sealwright::cli
