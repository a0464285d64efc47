#pragma once

#include "lint/lint.h"
#include "text/findingtext.h"

namespace sealwright {

[[nodiscard]] Severity severityOf(lint::LintCode code);
[[nodiscard]] FindingText lintText(const lint::LintFinding& finding);

} // namespace sealwright
