#include "checks/senderscheck.h"

#include "checks/genericname.h"
#include "checks/senders.h"

#include <algorithm>

namespace sealwright {
namespace {

constexpr std::size_t mostNames = 10; // RFC 7208 section 4.6.4: what receivers look at

// What the DNS says of one sending address.
struct Reverse {
    SendingAddress sender;
    std::vector<DomainName> names{};
    std::vector<DomainName> confirmed{}; ///< Those that lead back to the address.
};

void tell(const CheckInput& input, const SendingAddress& sender, FindingCode code, std::vector<std::string> arguments,
          const FindingSink& sink) {
    arguments.insert(arguments.begin(), sender.address.toString());
    sink({code, Area::senders, sender.helo.value_or(input.profile.domain), std::move(arguments), {}, {}});
}

std::vector<std::string> texts(const std::vector<DomainName>& names) {
    std::vector<std::string> texts;
    std::ranges::transform(names, std::back_inserter(texts), &DomainName::toString);
    return texts;
}

// RFC 5321 section 4.1.1.1: the name behind HELO is to be one that has an address.
void tellOfHelo(const CheckInput& input, const DomainName& helo, const FindingSink& sink, const std::stop_token& stop) {
    const std::vector<Answer> answers = addressAnswers(input, {&helo, 1}, stop);
    std::vector<IpAddress> own;
    for (const Answer& answer : answers) {
        std::ranges::move(addresses(answer), std::back_inserter(own));
    }
    if (own.empty()) {
        if (areTold(Area::senders, answers, sink)) {
            sink({FindingCode::heloWithoutAddress, Area::senders, helo, {}, {}, {}});
        }
        return;
    }
    const auto& senders = input.profile.addresses;
    const bool sends = std::ranges::any_of(senders, [&own](const IpNetwork& network) {
        return std::ranges::any_of(own, [&network](const IpAddress& one) { return network.contains(one); });
    });
    if (!senders.empty() && !sends) {
        std::vector<std::string> arguments;
        std::ranges::transform(own, std::back_inserter(arguments), &IpAddress::toString);
        sink({FindingCode::heloElsewhere, Area::senders, helo, std::move(arguments), {}, {}});
    }
}

// The addresses' names, in one round trip. What the DNS did not tell is told, and left out.
std::vector<Reverse> lookUpNames(const CheckInput& input, const std::vector<SendingAddress>& senders,
                                 const FindingSink& sink, const std::stop_token& stop) {
    std::vector<Question> questions;
    for (const SendingAddress& sender : senders) {
        questions.push_back({*DomainName::parseDns(sender.address.reverseName()), RecordType::ptr});
    }
    const std::vector<Answer> answers = input.resolver.lookupAll(questions, stop);
    areTold(Area::senders, answers, sink);
    std::vector<Reverse> all;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (answers[i].isConclusive()) {
            std::vector<DomainName> found = names(answers[i]);
            found.erase(found.begin() + static_cast<std::ptrdiff_t>(std::min(found.size(), mostNames)), found.end());
            all.push_back({senders[i], std::move(found)});
        }
    }
    return all;
}

// The names' addresses, in one more round trip. Where none of an address's names leads back to it, and the DNS did not
// tell of all of them, the address is left out.
void confirm(const CheckInput& input, std::vector<Reverse>& all, const FindingSink& sink, const std::stop_token& stop) {
    std::vector<Question> questions;
    for (const Reverse& one : all) {
        for (const DomainName& name : one.names) {
            questions.push_back({name, one.sender.address.isV4() ? RecordType::a : RecordType::aaaa});
        }
    }
    if (questions.empty()) {
        return;
    }
    const std::vector<Answer> answers = input.resolver.lookupAll(questions, stop);
    auto next = answers.begin();
    std::erase_if(all, [&](Reverse& one) {
        const std::span<const Answer> own(next, one.names.size());
        next += static_cast<std::ptrdiff_t>(own.size());
        for (const Answer& answer : own) {
            if (std::ranges::count(addresses(answer), one.sender.address) > 0) {
                one.confirmed.push_back(answer.question.name);
            }
        }
        return one.confirmed.empty() && !areTold(Area::senders, own, sink);
    });
}

// A name of one's own is what its owner calls it, even "pool".
bool isProvidersName(const CheckInput& input, const DomainName& name, const IpAddress& address) {
    return !name.isAtOrBelow(input.profile.domain) && isGenericName(name, address);
}

void judge(const CheckInput& input, const Reverse& one, const FindingSink& sink) {
    const SendingAddress& sender = one.sender;
    const std::string wanted = sender.helo ? sender.helo->toString() : std::string();
    if (one.names.empty()) {
        const bool v4 = sender.address.isV4();
        tell(input, sender, v4 ? FindingCode::senderWithoutName : FindingCode::senderV6WithoutName, {wanted}, sink);
        return;
    }
    if (one.names.size() > 1) {
        tell(input, sender, FindingCode::senderSeveralNames, texts(one.names), sink);
    }
    if (one.confirmed.empty()) {
        tell(input, sender, FindingCode::senderNotConfirmed, texts(one.names), sink);
        return;
    }
    const bool isHelo = sender.helo && std::ranges::count(one.confirmed, *sender.helo) > 0;
    const DomainName& name = isHelo ? *sender.helo : one.confirmed.front();
    tell(input, sender, FindingCode::senderConfirmed, {name.toString()}, sink);
    if (isHelo) {
        return;
    }
    if (isProvidersName(input, name, sender.address)) {
        tell(input, sender, FindingCode::senderGenericName, {name.toString(), wanted}, sink);
    } else if (sender.helo) {
        tell(input, sender, FindingCode::senderOtherName, {name.toString(), wanted}, sink);
    }
}

} // namespace

void sendersCheck(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop) {
    const Profile& profile = input.profile;
    if (profile.role != DomainRole::sends) {
        return;
    }
    if (profile.mailHost) {
        tellOfHelo(input, *profile.mailHost, sink, stop);
    }
    std::vector<SendingAddress> senders = sendingAddresses(input, stop);
    if (stop.stop_requested()) {
        return;
    }
    if (senders.empty() && !profile.mailHost) {
        sink({FindingCode::sendersUnknown, Area::senders, profile.domain, {}, {}, {}});
    }
    std::erase_if(senders, [&](const SendingAddress& sender) {
        if (isOnTheInternet(sender.address)) {
            return false;
        }
        tell(input, sender, FindingCode::senderPrivate, {}, sink);
        return true;
    });
    if (!senders.empty()) {
        std::vector<Reverse> all = lookUpNames(input, senders, sink, stop);
        confirm(input, all, sink, stop);
        for (const Reverse& one : all) {
            judge(input, one, sink);
        }
    }
}

} // namespace sealwright
