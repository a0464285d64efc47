#pragma once

#include "checks/check.h"

namespace sealwright {

/// What is to be checked, and whom that may ask. All of it outlives the run.
struct CheckRun {
    const Profile& profile;
    Resolver& resolver;
    Network& network;
    std::span<const Area> areas = allAreas;
    std::span<const NameServer> alsoAsk{}; ///< Resolvers to compare with.
};

/// Reads what is published, plans, and runs the checks of the areas at the same time. Findings go to `sink` as they
/// come, one at a time; returns when all are done, or early when stop is requested.
void runChecks(const CheckRun& run, const FindingSink& sink, const std::stop_token& stop);

} // namespace sealwright
