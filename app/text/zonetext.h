#pragma once

#include "zone/zoneedit.h"

#include <QString>

namespace sealwright {

[[nodiscard]] QString problemText(const ZoneEditProblem& problem);

} // namespace sealwright
