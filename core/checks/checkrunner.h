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
    std::function<void(Area)>
        areaDone{}; ///< Called when no more findings of that area will come; unset: nobody wants to know.
};

/// Reads what is published, plans, and runs the checks of the areas at the same time. Findings go to `sink` as they
/// come, one at a time, as areas do that are through; returns when all are, or early when stop is requested.
void runChecks(const CheckRun& run, const FindingSink& sink, const std::stop_token& stop);

} // namespace sealwright
