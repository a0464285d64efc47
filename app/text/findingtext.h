#pragma once

#include "checks/finding.h"
#include "plan/comparison.h"

#include <QString>

namespace sealwright {

enum class Severity { ok, info, warning, error, unknown };

[[nodiscard]] QString toString(Severity severity); ///< As JSON names it.
[[nodiscard]] Severity severityOf(FindingCode code);

/// The sentences for one finding, translated.
struct FindingText {
    QString found;  ///< What was seen.
    QString why;    ///< Why it matters.
    QString remedy; ///< What to do; empty where nothing is to be done.
};

[[nodiscard]] FindingText findingText(const Finding& finding);
[[nodiscard]] QString areaTitle(Area area);
[[nodiscard]] QString purposeTitle(Purpose purpose); ///< "SPF of the domain"
[[nodiscard]] QString purposeText(Purpose purpose);  ///< One sentence: why this record is needed.
[[nodiscard]] QString stateTitle(RecordState state);
[[nodiscard]] QString noteText(const PlanNote& note);

} // namespace sealwright
