#pragma once

#include "text/findingtext.h"

namespace sealwright {

/// Sentences of the codes that begin with "slip": what happened to the record, and which field of the form to change.
[[nodiscard]] FindingText slipText(const Finding& finding);

} // namespace sealwright
