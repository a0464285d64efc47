#include "checks/senders.h"

#include "spf/evaluate.h"

#include <algorithm>

namespace sealwright {
namespace {

constexpr std::size_t mostSenders = 16; // An answer may hold thousands of addresses.

bool isWhole(const IpNetwork& network) {
    return network.prefixLength == (network.address.isV4() ? 32U : 128U);
}

void keepFew(std::vector<SendingAddress>& senders) {
    senders.erase(senders.begin() + static_cast<std::ptrdiff_t>(std::min(senders.size(), mostSenders)), senders.end());
}

void addAddresses(const CheckInput& input, const DomainName& host, std::vector<SendingAddress>& senders,
                  const std::stop_token& stop) {
    for (const Answer& answer : addressAnswers(input, {&host, 1}, stop)) {
        for (const IpAddress& address : addresses(answer)) {
            senders.push_back({address, host});
        }
    }
}

void addGuessed(const CheckInput& input, std::vector<SendingAddress>& senders, const std::stop_token& stop) {
    const DomainName& domain = input.profile.domain;
    for (const MxHost& host : mxHosts(answerTo(input, {domain, RecordType::mx}, stop))) {
        if (input.published.find(host.exchange, RecordType::a) != nullptr) { // Not the root, nor one of too many.
            addAddresses(input, host.exchange, senders, stop);
        }
    }
    keepFew(senders);
    std::erase_if(senders, [&](const SendingAddress& sender) {
        const spf::Sender who{sender.address, "postmaster@" + domain.toString(), sender.helo->toString()};
        return spf::evaluate(who, input.resolver, stop).result != spf::Result::pass;
    });
}

} // namespace

std::vector<SendingAddress> sendingAddresses(const CheckInput& input, const std::stop_token& stop) {
    const Profile& profile = input.profile;
    std::vector<SendingAddress> senders;
    if (profile.role != DomainRole::sends) {
        return senders;
    }
    if (profile.mailHost) {
        addAddresses(input, *profile.mailHost, senders, stop);
    }
    for (const IpNetwork& network : profile.addresses) {
        if (isWhole(network)) {
            senders.push_back({network.address, {}});
        }
    }
    if (!profile.mailHost && profile.addresses.empty()) {
        addGuessed(input, senders, stop);
    }
    std::ranges::stable_sort(senders, {}, &SendingAddress::address); // One that is known by its host stays before.
    const auto twice = std::ranges::unique(senders, {}, &SendingAddress::address);
    senders.erase(twice.begin(), twice.end());
    keepFew(senders);
    return senders;
}

std::vector<Answer> addressAnswers(const CheckInput& input, std::span<const DomainName> hosts,
                                   const std::stop_token& stop) {
    std::vector<Answer> answers;
    std::vector<Question> open;
    for (const DomainName& host : hosts) {
        for (const RecordType type : {RecordType::a, RecordType::aaaa}) {
            if (const Answer* known = input.published.find(host, type)) {
                answers.push_back(*known);
            } else {
                open.push_back({host, type});
            }
        }
    }
    if (!open.empty()) {
        std::ranges::move(input.resolver.lookupAll(open, stop), std::back_inserter(answers));
    }
    return answers;
}

bool isOnTheInternet(const IpAddress& address) {
    return address.isPublic() || address.isForDocumentation();
}

} // namespace sealwright
