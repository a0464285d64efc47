#pragma once

#include "checks/check.h"

namespace sealwright {

/// Looks for what went wrong on the way from our words to the DNS: the record stands at another name, or its text was
/// changed by the form or the program it was copied from. At most one finding, with the code of the slip; `seen` is the
/// record where it stands. Asks for other names only where nothing at the right one explains it: one round trip.
void tellOfSlip(const CheckInput& input, Area area, const ComparedRecord& wanted, const FindingSink& sink,
                const std::stop_token& stop);

} // namespace sealwright
