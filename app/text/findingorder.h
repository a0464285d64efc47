#pragma once

#include "text/findingtext.h"

namespace sealwright {

/// What is to be read first has the smallest: problems, warnings, what was not found out, notes, and last what is well.
[[nodiscard]] int urgency(Severity severity);

/// All is well, or nobody was asked: in a short listing, one such finding says enough of its area.
[[nodiscard]] bool isQuiet(const Finding& finding);

} // namespace sealwright
