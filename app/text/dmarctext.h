#pragma once

#include "dmarc/evaluate.h"
#include "dmarc/standards.h"

#include <QString>

namespace sealwright {

/// What DMARC makes of a message, and what receivers are asked to do with it.
[[nodiscard]] QString dmarcText(const dmarc::Evaluation& evaluation);
/// Why a record counts for nothing, and that it wants correcting.
[[nodiscard]] QString unusableText(const dmarc::UnusableRecord& record);
/// In what receivers that follow the older standard differ from those that follow today's.
[[nodiscard]] QString differenceText(dmarc::Difference difference, const dmarc::Standards& standards);

} // namespace sealwright
