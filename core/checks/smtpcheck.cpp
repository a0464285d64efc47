#include "checks/smtpcheck.h"

#include "checks/servercertificate.h"

#include <algorithm>

namespace sealwright {
namespace {

/// What is to be said of one address: a code, and the arguments behind host and addresses.
struct Remark {
    FindingCode code;
    std::vector<std::string> details;

    auto operator<=>(const Remark&) const = default;
};

FindingCode codeOf(CertificateFault fault) {
    switch (fault) {
    case CertificateFault::untrusted:
        return FindingCode::smtpUntrusted;
    case CertificateFault::expired:
        return FindingCode::smtpExpired;
    case CertificateFault::expiresSoon:
        return FindingCode::smtpExpiresSoon;
    case CertificateFault::notYetValid:
        return FindingCode::smtpNotYetValid;
    case CertificateFault::wrongName:
        return FindingCode::smtpWrongName;
    }
    return FindingCode::smtpUntrusted;
}

// RFC 5321 section 4.1.1.1: a name of the DNS, or an address in brackets.
void remarkOnName(const DomainName& host, const std::string& name, std::vector<Remark>& remarks) {
    const auto parsed = DomainName::parse(name);
    if (!parsed && !IpAddress::fromLiteral(name)) {
        remarks.push_back({FindingCode::smtpBadName, {name}});
    } else if (parsed != host) {
        remarks.push_back({FindingCode::smtpOtherName, {name}});
    }
}

void remarkOnTls(const DomainName& host, const SmtpSeen& seen, std::vector<Remark>& remarks) {
    if (!seen.offersStartTls) {
        remarks.push_back({FindingCode::smtpNoStartTls, {}});
        return;
    }
    if (seen.startTlsCode != smtpReady) {
        remarks.push_back({FindingCode::smtpStartTlsRefused, {std::to_string(seen.startTlsCode)}});
        return;
    }
    const std::string& version = seen.certificate.tlsVersion;
    if (version == "TLSv1" || version == "TLSv1.1") {
        remarks.push_back({FindingCode::smtpOldTls, {version}});
    }
    for (CertificateProblem& problem : problemsOf(seen.certificate, host)) {
        remarks.push_back({codeOf(problem.fault), std::move(problem.arguments)});
    }
    const bool sound = std::ranges::all_of(remarks, [](const Remark& remark) {
        return remark.code == FindingCode::smtpOtherName || remark.code == FindingCode::smtpBadName;
    });
    if (sound) {
        remarks.push_back({FindingCode::smtpSound, {version}});
    }
}

std::vector<Remark> remarksOnTalk(const DomainName& host, const SmtpSeen& seen) {
    if (seen.greetingCode != smtpReady) {
        return {{FindingCode::smtpNotGreeted, {std::to_string(seen.greetingCode) + " " + seen.greeting}}};
    }
    if (seen.ehloCode != smtpOk) {
        return {{FindingCode::smtpEhloRefused, {std::to_string(seen.ehloCode)}}};
    }
    std::vector<Remark> remarks;
    remarkOnName(host, seen.ehloName, remarks);
    remarkOnTls(host, seen, remarks);
    return remarks;
}

/// `othersAnswered`: some server did, so that the way to port 25 is open from here.
std::vector<Remark> remarksOn(const DomainName& host, const SmtpSeen& seen, bool othersAnswered) {
    switch (seen.reached) {
    case Reached::notAsked: // One finding says so for all.
    case Reached::cancelled:
        return {};
    case Reached::noRoute:
        return {{othersAnswered ? FindingCode::smtpNoRoute : FindingCode::smtpUnreachable, {seen.why}}};
    case Reached::nothing:
        return {{othersAnswered ? FindingCode::smtpAddressUnreachable : FindingCode::smtpUnreachable, {seen.why}}};
    case Reached::refused: // A firewall on this side says no as well.
        return {{othersAnswered ? FindingCode::smtpRefused : FindingCode::smtpAllRefused, {}}};
    case Reached::silent:
        return {{FindingCode::smtpSilent, {}}};
    case Reached::closed:
        return {{FindingCode::smtpClosed, {seen.why}}};
    case Reached::garbled:
        return {{FindingCode::smtpGarbled, {seen.why}}};
    case Reached::tlsFailed:
        return {{FindingCode::smtpTlsFailed, {seen.why}}};
    case Reached::done:
        return remarksOnTalk(host, seen);
    }
    return {};
}

bool answered(const ProbedAddress& probed) {
    const Reached reached = probed.seen.reached;
    return reached != Reached::nothing && reached != Reached::noRoute && reached != Reached::refused;
}

// What is the same at several addresses of a host is said once.
void tellOf(const ProbedServer& server, bool othersAnswered, const FindingSink& sink) {
    std::vector<std::pair<Remark, std::string>> grouped;
    for (const ProbedAddress& probed : server.addresses) {
        for (Remark& remark : remarksOn(server.host, probed.seen, othersAnswered)) {
            const auto same = std::ranges::find(grouped, remark, &std::pair<Remark, std::string>::first);
            if (same == grouped.end()) {
                grouped.emplace_back(std::move(remark), probed.address.toString());
            } else {
                same->second += ", " + probed.address.toString();
            }
        }
    }
    for (auto& [remark, addresses] : grouped) {
        std::vector<std::string> arguments{server.host.toString(), addresses};
        std::ranges::move(remark.details, std::back_inserter(arguments));
        sink({remark.code, Area::smtp, server.host, std::move(arguments), {}, {}});
    }
}

} // namespace

void smtpCheck(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop) {
    const std::vector<ProbedServer>& servers = input.probes.mailServers(input, stop);
    std::vector<ProbedAddress> all;
    for (const ProbedServer& server : servers) {
        all.insert(all.end(), server.addresses.begin(), server.addresses.end());
    }
    if (std::ranges::all_of(all, [](const auto& probed) { return probed.seen.reached == Reached::notAsked; })) {
        if (!stop.stop_requested()) {
            sink({FindingCode::smtpNotAsked, Area::smtp, input.profile.domain, {}, {}, {}});
        }
        return;
    }
    const bool someAnswered = std::ranges::any_of(all, answered);
    for (const ProbedServer& server : servers) {
        tellOf(server, someAnswered, sink);
    }
}

} // namespace sealwright
