#pragma once

#include "store/keptzonefile.h"
#include "zone/editcheck.h"

#include <QString>

namespace sealwright {

[[nodiscard]] QString problemText(const ZoneEditProblem& problem);
[[nodiscard]] QString problemText(const Problem<EditFault>& problem);
[[nodiscard]] QString problemText(const Problem<KeptZoneError>& problem);

/// What named-checkzone said, line by line, with a heading.
[[nodiscard]] QString bindRefusalText(const QString& said);

/// A line of a zone file to be shown: without tabs, whose width differs, and with nothing that does not print.
[[nodiscard]] QString shownLine(const std::string& line);

} // namespace sealwright
