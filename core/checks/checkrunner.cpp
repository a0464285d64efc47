#include "checks/checkrunner.h"

#include "checks/dkimcheck.h"
#include "checks/dmarccheck.h"
#include "checks/mxcheck.h"
#include "checks/reportscheck.h"
#include "checks/spfcheck.h"

#include <mutex>
#include <thread>

namespace sealwright {
namespace {

Check checkOf(Area area) {
    switch (area) {
    case Area::mx:
        return mxCheck;
    case Area::spf:
        return spfCheck;
    case Area::dkim:
        return dkimCheck;
    case Area::dmarc:
        return dmarcCheck;
    case Area::reports:
        return reportsCheck;
    }
    return nullptr;
}

} // namespace

void runChecks(const Profile& profile, Resolver& resolver, std::span<const Area> areas, const FindingSink& sink,
               const std::stop_token& stop) {
    const Published published = readPublished(profile, resolver, stop);
    const RecordPlan plan = makePlan(profile, published);
    const std::vector<ComparedRecord> compared = compare(plan, published);
    const CheckInput input{profile, published, plan, compared, resolver};

    std::mutex oneAtATime;
    const FindingSink guarded = [&](Finding finding) {
        const std::scoped_lock lock(oneAtATime);
        sink(std::move(finding));
    };
    std::vector<std::jthread> running;
    for (const Area area : areas) {
        running.emplace_back([&input, &guarded, stop, area] { checkOf(area)(input, guarded, stop); });
    }
}

} // namespace sealwright
