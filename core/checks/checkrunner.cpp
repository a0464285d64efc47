#include "checks/checkrunner.h"

#include "checks/askonce.h"
#include "checks/bimicheck.h"
#include "checks/blocklistscheck.h"
#include "checks/danecheck.h"
#include "checks/delegationcheck.h"
#include "checks/dkimcheck.h"
#include "checks/dmarccheck.h"
#include "checks/mtastscheck.h"
#include "checks/mxcheck.h"
#include "checks/reportscheck.h"
#include "checks/senderscheck.h"
#include "checks/smtpcheck.h"
#include "checks/spfcheck.h"
#include "checks/tlsrptcheck.h"

#include <mutex>
#include <thread>

namespace sealwright {
namespace {

Check checkOf(Area area) {
    switch (area) {
    case Area::delegation:
        return delegationCheck;
    case Area::mx:
        return mxCheck;
    case Area::senders:
        return sendersCheck;
    case Area::spf:
        return spfCheck;
    case Area::dkim:
        return dkimCheck;
    case Area::dmarc:
        return dmarcCheck;
    case Area::reports:
        return reportsCheck;
    case Area::mtaSts:
        return mtaStsCheck;
    case Area::tlsRpt:
        return tlsRptCheck;
    case Area::dane:
        return daneCheck;
    case Area::smtp:
        return smtpCheck;
    case Area::blocklists:
        return blocklistsCheck;
    case Area::bimi:
        return bimiCheck;
    }
    return nullptr;
}

} // namespace

void runChecks(const CheckRun& run, const FindingSink& sink, const std::stop_token& stop) {
    AskOnce resolver(run.resolver);
    const Published published = readPublished(run.profile, resolver, stop);
    const RecordPlan plan = makePlan(run.profile, published);
    const std::vector<ComparedRecord> compared = compare(plan, published);
    Probes probes;
    const CheckInput input{run.profile, published, plan, compared, resolver, run.network, probes, run.alsoAsk};

    std::mutex oneAtATime;
    const FindingSink guarded = [&](Finding finding) {
        const std::scoped_lock lock(oneAtATime);
        if (!stop.stop_requested()) { // Half an answer may look like a fault.
            sink(std::move(finding));
        }
    };
    const auto check = [&](Area area) {
        checkOf(area)(input, guarded, stop);
        const std::scoped_lock lock(oneAtATime);
        if (run.areaDone && !stop.stop_requested()) {
            run.areaDone(area);
        }
    };
    std::vector<std::jthread> running;
    for (const Area area : run.areas) {
        running.emplace_back(check, area);
    }
}

} // namespace sealwright
