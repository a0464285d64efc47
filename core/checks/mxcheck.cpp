#include "checks/mxcheck.h"

#include "checks/everywhere.h"
#include "checks/senders.h"
#include "checks/slip.h"

#include <algorithm>
#include <set>

namespace sealwright {
namespace {

constexpr std::size_t mostHosts = 10; // RFC 7208 section 4.6.4: of more, mx in an SPF record is a permerror; spfCheck
                                      // tells where it is there.

// RFC 5321 section 2.3.5: letters, digits, hyphens
bool isHostName(const DomainName& name) {
    const auto host = DomainName::parse(name.toString());
    return host ||
           (host.error().code != DomainNameError::badCharacter && host.error().code != DomainNameError::hyphenAtEdge);
}

// What a form or a zone file made of a name without a dot at its end: "mail.example.org.example.org".
std::optional<DomainName> undoubled(const DomainName& host, const DomainName& domain) {
    const auto twice = domain.child(domain.toString());
    if (!twice || !host.isAtOrBelow(*twice)) {
        return std::nullopt;
    }
    const std::string& text = host.toString();
    const auto name =
        DomainName::parseDns(std::string_view(text).substr(0, text.size() - domain.toString().size() - 1));
    return name ? std::optional(*name) : std::nullopt;
}

void tellOfUnknown(const CheckInput& input, const DomainName& host, const FindingSink& sink) {
    if (const auto right = undoubled(host, input.profile.domain)) {
        sink({FindingCode::mxHostDoubled, Area::mx, host, {host.toString(), right->toString()}, {}, {}});
    } else {
        sink({FindingCode::mxHostUnknown, Area::mx, host, {host.toString()}, {}, {}});
    }
}

// Whether it has an address, and whether others can reach it there.
void tellOfAddresses(const CheckInput& input, const DomainName& host, const std::vector<Answer>& answers,
                     const FindingSink& sink) {
    std::vector<IpAddress> all;
    for (const Answer& answer : answers) {
        std::ranges::move(addresses(answer), std::back_inserter(all));
    }
    if (all.empty() && answers.front().status == AnswerStatus::nxDomain) {
        tellOfUnknown(input, host, sink);
    } else if (all.empty()) {
        sink({FindingCode::mxHostWithoutAddress, Area::mx, host, {host.toString()}, {}, {}});
    } else if (std::ranges::none_of(all, isOnTheInternet)) {
        std::vector<std::string> arguments{host.toString()};
        std::ranges::transform(all, std::back_inserter(arguments), &IpAddress::toString);
        sink({FindingCode::mxHostPrivate, Area::mx, host, std::move(arguments), {}, {}});
    }
}

void checkHost(const CheckInput& input, const DomainName& host, const FindingSink& sink, const std::stop_token& stop) {
    if (IpAddress::parse(host.toString())) { // RFC 5321 section 5.1
        sink({FindingCode::mxHostIsAddress, Area::mx, input.profile.domain, {host.toString()}, {}, {}});
        return;
    }
    if (!isHostName(host)) {
        sink({FindingCode::mxHostInvalid, Area::mx, input.profile.domain, {host.toString()}, {}, {}});
        return;
    }
    const std::vector<Answer> answers = addressAnswers(input, {&host, 1}, stop);
    const auto found = std::ranges::find(answers, AnswerStatus::found, &Answer::status);
    if (found == answers.end() && !areTold(Area::mx, answers, sink)) {
        return;
    }
    const DomainName& canonical = (found == answers.end() ? answers.front() : *found).canonicalName;
    if (canonical != host) {
        sink({FindingCode::mxHostIsAlias, Area::mx, host, {host.toString(), canonical.toString()}, {}, {}});
    }
    tellOfAddresses(input, host, answers, sink);
}

// What is wrong with the records beside each other.
void tellOfRecords(const CheckInput& input, const std::vector<MxHost>& hosts, const Answer& answer,
                   const FindingSink& sink) {
    const auto tell = [&](FindingCode code, std::vector<std::string> arguments) {
        sink({code, Area::mx, input.profile.domain, std::move(arguments), {}, seenRecords(answer)});
    };
    if (std::ranges::any_of(hosts, &DomainName::isRoot, &MxHost::exchange)) { // RFC 7505 section 3
        tell(FindingCode::mxNullBesideOthers, {});
    }
    if (hosts.size() > mostHosts) {
        tell(FindingCode::mxTooMany, {std::to_string(hosts.size())});
    }
    std::set<DomainName> known;
    for (const MxHost& host : hosts) {
        if (!known.insert(host.exchange).second && !host.exchange.isRoot()) {
            tell(FindingCode::mxHostTwice, {host.exchange.toString()});
        }
    }
}

// RFC 7505 section 3: a single record with the root as its host; twice the same says the same.
bool isNullMx(const std::vector<MxHost>& hosts) {
    return !hosts.empty() && std::ranges::all_of(hosts, &DomainName::isRoot, &MxHost::exchange);
}

// Each once, by preference.
std::vector<DomainName> namedBy(const std::vector<MxHost>& hosts) {
    std::vector<DomainName> named;
    for (const MxHost& host : hosts) {
        if (!host.exchange.isRoot() && std::ranges::find(named, host.exchange) == named.end()) {
            named.push_back(host.exchange);
        }
    }
    return named;
}

void tellMissing(const CheckInput& input, const Answer& answer, const FindingSink& sink, const std::stop_token& stop) {
    const bool sends = input.profile.role == DomainRole::sends;
    const ComparedRecord* planned = findPlanned(input, sends ? Purpose::mx : Purpose::nullMx);
    if (planned != nullptr && isAtSomeServers(input, Area::mx, planned->planned.record, nullptr, sink, stop)) {
        return;
    }
    const FindingCode code = answer.status == AnswerStatus::nxDomain ? FindingCode::domainNotFound
                             : sends                                 ? FindingCode::mxMissing
                                                                     : FindingCode::nullMxMissing;
    sink({code, Area::mx, input.profile.domain, {}, plannedRecords(input, sends ? Purpose::mx : Purpose::nullMx), {}});
    if (planned != nullptr && sends) {
        tellOfSlip(input, Area::mx, *planned, sink, stop);
    }
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
        tellMissing(input, answer, sink, stop);
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
    const std::vector<DomainName> named = namedBy(hosts);
    std::vector<std::string> words;
    std::ranges::transform(named, std::back_inserter(words), &DomainName::toString);
    sink({FindingCode::mxFound, Area::mx, domain, std::move(words), {}, seenRecords(answer)});
    tellOfRecords(input, hosts, answer, sink);
    for (const DomainName& host : named) {
        if (input.published.find(host, RecordType::a) != nullptr) { // Not one of too many.
            checkHost(input, host, sink, stop);
        }
    }
}

} // namespace sealwright
