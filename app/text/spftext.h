#pragma once

#include "spf/evaluate.h"

#include <QString>

namespace sealwright {

/// What the result of an SPF evaluation means for mail, in one sentence.
[[nodiscard]] QString resultText(spf::Result result);
/// What stood in the way, where, and what to do about it.
[[nodiscard]] QString faultText(const spf::Fault& fault);
/// "include:_spf.example → ip4:192.0.2.0/24 matched": the terms that led to the result; empty where none matched.
[[nodiscard]] QString matchText(const spf::Evaluation& evaluation);
[[nodiscard]] QString outcomeTitle(spf::StepOutcome outcome);

} // namespace sealwright
