#pragma once

#include "text/findingtext.h"

#include <QJsonArray>

#include <vector>

namespace sealwright::cli {

/// For people: by area, each finding with its mark, what was found, why it matters and what to do.
[[nodiscard]] QString findingListing(const DomainName& domain, const std::vector<Finding>& findings, bool verbose);

[[nodiscard]] QJsonArray toJson(const std::vector<Finding>& findings);

} // namespace sealwright::cli
