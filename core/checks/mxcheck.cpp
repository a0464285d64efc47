#include "checks/mxcheck.h"

#include <algorithm>

namespace sealwright {
namespace {

void checkHost(const CheckInput& input, const DomainName& host, const FindingSink& sink, const std::stop_token& stop) {
    const Answer v4 = answerTo(input, {host, RecordType::a}, stop);
    const Answer v6 = answerTo(input, {host, RecordType::aaaa}, stop);
    const bool found = v4.status == AnswerStatus::found || v6.status == AnswerStatus::found;
    if (!found && (!isTold(Area::mx, v4, sink) || !isTold(Area::mx, v6, sink))) {
        return;
    }
    const DomainName& canonical = v4.status == AnswerStatus::found ? v4.canonicalName : v6.canonicalName;
    if (canonical != host) {
        sink({FindingCode::mxHostIsAlias, Area::mx, host, {host.toString(), canonical.toString()}, {}, {}});
    }
    if (!found) {
        sink({FindingCode::mxHostWithoutAddress, Area::mx, host, {host.toString()}, {}, {}});
    }
}

// RFC 7505 section 3: a single record with the root as its host.
bool isNullMx(const std::vector<MxHost>& hosts) {
    return hosts.size() == 1 && hosts.front().exchange.isRoot();
}

void tellMissing(const CheckInput& input, const Answer& answer, const FindingSink& sink) {
    const bool sends = input.profile.role == DomainRole::sends;
    const FindingCode code = answer.status == AnswerStatus::nxDomain ? FindingCode::domainNotFound
                             : sends                                 ? FindingCode::mxMissing
                                                                     : FindingCode::nullMxMissing;
    sink({code, Area::mx, input.profile.domain, {}, plannedRecords(input, sends ? Purpose::mx : Purpose::nullMx), {}});
}

} // namespace

void mxCheck(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop) {
    const DomainName& domain = input.profile.domain;
    const Answer answer = answerTo(input, {domain, RecordType::mx}, stop);
    if (!isTold(Area::mx, answer, sink)) {
        return;
    }
    const std::vector<MxHost> hosts = mxHosts(answer);
    if (answer.status != AnswerStatus::found) {
        tellMissing(input, answer, sink);
        return;
    }
    if (isNullMx(hosts)) {
        const bool sends = input.profile.role == DomainRole::sends;
        sink({sends ? FindingCode::mxNull : FindingCode::nullMxPresent,
              Area::mx,
              domain,
              {},
              plannedRecords(input, Purpose::nullMx),
              seenRecords(answer)});
        return;
    }
    std::vector<std::string> named;
    std::ranges::transform(hosts, std::back_inserter(named),
                           [](const MxHost& host) { return host.exchange.toString(); });
    sink({FindingCode::mxFound, Area::mx, domain, named, {}, seenRecords(answer)});
    for (const MxHost& host : hosts) {
        if (input.published.find(host.exchange, RecordType::a) != nullptr) { // Not the root, nor one of too many.
            checkHost(input, host.exchange, sink, stop);
        }
    }
}

} // namespace sealwright
