#include "checks/livecertificate.h"

#include "checks/probes.h"

#include <algorithm>

namespace sealwright {
namespace {

using Error = LiveCertificateError;

tl::expected<std::vector<SmtpTarget>, Problem<Error>> targetsOf(const DomainName& host, Resolver& resolver,
                                                                const std::stop_token& stop) {
    const Question questions[] = {{host, RecordType::a}, {host, RecordType::aaaa}};
    std::vector<SmtpTarget> targets;
    bool isTold = true;
    for (const Answer& answer : resolver.lookupAll(questions, stop)) {
        for (const IpAddress& address : addresses(answer)) {
            targets.push_back({host, address});
        }
        isTold = isTold && answer.isConclusive();
    }
    if (targets.empty()) {
        return tl::unexpected(problem(isTold ? Error::unknownHost : Error::dnsFailure));
    }
    return targets;
}

Problem<Error> whyNothing(const std::vector<SmtpSeen>& seen) {
    std::string why;
    for (const SmtpSeen& one : seen) {
        if (one.reached == Reached::notAsked) {
            return problem(Error::offline);
        }
        if (one.reached == Reached::done || one.reached == Reached::tlsFailed) {
            return problem(Error::noTls);
        }
        why = one.why;
    }
    return problem(Error::notReached, why);
}

} // namespace

tl::expected<std::vector<Certificate>, Problem<Error>> liveCertificates(const DomainName& host, Resolver& resolver,
                                                                        Network& network, const std::stop_token& stop) {
    const auto targets = targetsOf(host, resolver, stop);
    if (!targets) {
        return tl::unexpected(targets.error());
    }
    const std::vector<SmtpSeen> seen = network.probeSmtp(*targets, probeHelo(), stop);
    std::vector<Certificate> shown;
    for (const SmtpSeen& one : seen) {
        const auto& chain = one.certificate.chain;
        const auto own = chain.empty() ? std::nullopt : std::optional(Certificate::parse(chain.front()));
        if (own && *own && std::ranges::find(shown, (*own)->publicKey(), &Certificate::publicKey) == shown.end()) {
            shown.push_back(std::move(**own));
        }
    }
    if (shown.empty()) {
        return tl::unexpected(whyNothing(seen));
    }
    return shown;
}

} // namespace sealwright
