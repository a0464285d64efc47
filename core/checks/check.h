#pragma once

#include "checks/finding.h"
#include "plan/recordplan.h"

#include <functional>

namespace sealwright {

/// What every check looks at. `published` and `plan` are ready; further questions go to the resolver.
struct CheckInput {
    const Profile& profile;
    const Published& published;
    const RecordPlan& plan;
    Resolver& resolver;
};

/// Called once per finding, from the thread of the check; the runner lets only one call in at a time.
using FindingSink = std::function<void(Finding)>;

/// A check never fails: it yields findings.
using Check = void (*)(const CheckInput& input, const FindingSink& sink, std::stop_token stop);

} // namespace sealwright
