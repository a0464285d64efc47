#include "checks/nameservers.h"

#include <algorithm>

namespace sealwright {
namespace {

// More than a zone has: the root has 13 servers with two addresses each.
constexpr std::size_t mostHosts = 16;
constexpr std::size_t mostAddresses = 4; // of one host and kind

} // namespace

std::string ServerAddress::label() const {
    return host.toString() + " (" + server.address.toString() + ")";
}

std::optional<std::vector<ServerAddress>> addressesOf(const std::vector<DomainName>& hosts, Resolver& resolver,
                                                      const std::stop_token& stop) {
    std::vector<Question> questions;
    for (std::size_t i = 0; i < std::min(hosts.size(), mostHosts); ++i) {
        questions.push_back({hosts[i], RecordType::a});
        questions.push_back({hosts[i], RecordType::aaaa});
    }
    std::vector<ServerAddress> all;
    bool isTold = true;
    for (const Answer& answer : resolver.lookupAll(questions, stop)) {
        isTold = isTold && answer.isConclusive();
        std::vector<IpAddress> found = addresses(answer);
        found.erase(found.begin() + static_cast<std::ptrdiff_t>(std::min(found.size(), mostAddresses)), found.end());
        for (const IpAddress& address : found) {
            all.push_back({answer.question.name, {address}});
        }
    }
    return all.empty() && !isTold ? std::nullopt : std::optional(std::move(all));
}

std::vector<ServerAddress> addressesOf(const Delegation& delegation, Resolver& resolver, const std::stop_token& stop) {
    std::vector<ServerAddress> all;
    std::vector<DomainName> others;
    for (std::size_t i = 0; i < std::min(delegation.servers.size(), mostHosts); ++i) {
        std::size_t given = 0;
        for (const auto& [host, address] : delegation.glue) {
            if (host == delegation.servers[i] && ++given <= mostAddresses) {
                all.push_back({host, {address}});
            }
        }
        if (given == 0) {
            others.push_back(delegation.servers[i]);
        }
    }
    std::ranges::move(addressesOf(others, resolver, stop).value_or(std::vector<ServerAddress>{}),
                      std::back_inserter(all));
    return all;
}

std::optional<Delegation> delegationOf(const CheckInput& input, const DomainName& name, const std::stop_token& stop) {
    std::vector<ServerQuestion> asked;
    for (const ServerAddress& at :
         addressesOf(input.published.serversAbove(name), input.resolver, stop).value_or(std::vector<ServerAddress>{})) {
        asked.push_back({at.server, {name, RecordType::ns}});
    }
    for (Reply& reply : input.resolver.askServers(asked, stop)) {
        if (reply.refers() && !reply.referral->zone.isRoot()) {
            return std::move(reply.referral);
        }
    }
    return std::nullopt;
}

std::vector<ServerAddress> nameServersOf(const CheckInput& input, const DomainName& zone, const std::stop_token& stop) {
    if (!input.resolver.reachesNameServers()) {
        return {};
    }
    return addressesOf(names(answerTo(input, {zone, RecordType::ns}, stop)), input.resolver, stop)
        .value_or(std::vector<ServerAddress>{});
}

} // namespace sealwright
