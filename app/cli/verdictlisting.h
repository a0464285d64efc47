#pragma once

#include "cli/outcome.h"
#include "verdict/original.h"
#include "verdict/verdict.h"

#include <QJsonObject>

namespace sealwright::cli {

/// What is made of a message, and where it was compared with the original, what was changed since.
[[nodiscard]] QJsonObject verdictJson(const verdict::Verdict& verdict,
                                      const std::optional<std::vector<verdict::Change>>& changes = {});
[[nodiscard]] QString verdictListing(const verdict::Verdict& verdict,
                                     const std::optional<std::vector<verdict::Change>>& changes = {});
/// Whether DMARC passes.
[[nodiscard]] ExitStatus statusOf(const verdict::Verdict& verdict);

} // namespace sealwright::cli
