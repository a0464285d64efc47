#pragma once

#include "checks/check.h"

#include <span>

namespace sealwright {

/// Reads what is published, plans, and runs the checks of these areas at the same time. Findings go to `sink` as they
/// come, one at a time; returns when all are done, or early when stop is requested.
void runChecks(const Profile& profile, Resolver& resolver, Network& network, std::span<const Area> areas,
               const FindingSink& sink, const std::stop_token& stop);

} // namespace sealwright
