#include "checks/probes.h"

#include "checks/check.h"

#include <algorithm>

namespace sealwright {
namespace {

constexpr std::size_t mostHosts = 30;
constexpr std::size_t mostProbedHosts = 10;
constexpr std::size_t mostAddresses = 4;

std::vector<ProbedServer> serversOf(const CheckInput& input, const std::stop_token& stop) {
    std::vector<DomainName> hosts = mailHosts(answerTo(input, {input.profile.domain, RecordType::mx}, stop));
    hosts.erase(hosts.begin() + static_cast<std::ptrdiff_t>(std::min(hosts.size(), mostProbedHosts)), hosts.end());
    std::vector<Question> questions;
    for (const DomainName& host : hosts) {
        questions.push_back({host, RecordType::a});
        questions.push_back({host, RecordType::aaaa});
    }
    const std::vector<Answer> answers = answersTo(input, questions, stop);
    std::vector<ProbedServer> servers;
    for (std::size_t i = 0; i < answers.size(); i += 2) {
        ProbedServer server{questions[i].name, false, {}};
        for (const Answer& answer : {answers[i], answers[i + 1]}) {
            server.isSigned = server.isSigned || answer.security == DnsSecurity::secure;
            for (const IpAddress& address : addresses(answer)) {
                if (server.addresses.size() < mostAddresses) {
                    server.addresses.push_back({address, {}});
                }
            }
        }
        servers.push_back(std::move(server));
    }
    return servers;
}

void probe(std::vector<ProbedServer>& servers, Network& network, const std::stop_token& stop) {
    std::vector<SmtpTarget> targets;
    for (const ProbedServer& server : servers) {
        for (const ProbedAddress& probed : server.addresses) {
            targets.push_back({server.host, probed.address});
        }
    }
    std::vector<SmtpSeen> seen = network.probeSmtp(targets, probeHelo(), stop);
    auto next = seen.begin();
    for (ProbedServer& server : servers) {
        for (ProbedAddress& probed : server.addresses) {
            probed.seen = std::move(*next++);
        }
    }
}

} // namespace

DomainName probeHelo() {
    return *DomainName::parse("sealwright.invalid");
}

std::vector<DomainName> mailHosts(const Answer& mx) {
    std::vector<DomainName> hosts;
    for (const MxHost& host : mxHosts(mx)) {
        if (!host.exchange.isRoot() && hosts.size() < mostHosts &&
            std::ranges::find(hosts, host.exchange) == hosts.end()) {
            hosts.push_back(host.exchange);
        }
    }
    return hosts;
}

const std::vector<ProbedServer>& Probes::mailServers(const CheckInput& input, const std::stop_token& stop) {
    std::call_once(once_, [&] {
        servers_ = serversOf(input, stop);
        probe(servers_, input.network, stop);
    });
    return servers_;
}

} // namespace sealwright
