#pragma once

#include "dns/answer.h"

#include <QString>

namespace sealwright {

/// Why the DNS told nothing about a name, in a sentence or two; for answers that are not conclusive.
[[nodiscard]] QString unansweredText(const Answer& answer);
/// The same without advice.
[[nodiscard]] QString unansweredReason(const Answer& answer);

} // namespace sealwright
