#include "plan/published.h"

#include "dane/tlsa.h"
#include "dmarc/treewalk.h"
#include "tlsrpt/record.h"

#include <algorithm>
#include <set>

namespace sealwright {
namespace {

using Questions = std::set<Question>;

// An answer may name thousands of hosts; nobody needs to be asked about all of them.
template <class Host>
std::vector<Host> firstFew(std::vector<Host> hosts) {
    constexpr std::size_t most = 30;
    if (hosts.size() > most) {
        hosts.erase(hosts.begin() + most, hosts.end());
    }
    return hosts;
}

// The zone a name lives in is told by the SOA record at the name or above; no zone of ours is a top-level domain.
void askForZone(const DomainName& name, Questions& questions) {
    for (auto at = std::optional(name); at && at->labels().size() > 1; at = at->parent()) {
        questions.insert({*at, RecordType::soa});
    }
}

// Who serves the domain's zone, and the zone above.
void askForServers(const DomainName& domain, Questions& questions) {
    for (auto at = std::optional(domain); at && !at->isRoot(); at = at->parent()) {
        questions.insert({*at, RecordType::ns});
    }
}

void askForAddresses(const DomainName& name, Questions& questions) {
    questions.insert({name, RecordType::a});
    questions.insert({name, RecordType::aaaa});
}

void askForConsent(const DomainName& domain, const DomainName& reportHost, Questions& questions) {
    if (reportHost.isAtOrBelow(domain)) {
        return;
    }
    if (const auto name = dmarc::reportAuthorizationName(domain, reportHost)) {
        questions.insert({*name, RecordType::txt});
        askForZone(reportHost, questions);
    }
}

// How mail is delivered to the domain: MTA-STS, TLS reports and DANE.
void askForTransport(const Profile& profile, Questions& questions) {
    for (const auto& name : {mtasts::recordName(profile.domain), profile.domain.child(tlsrpt::recordLabels)}) {
        if (name) {
            questions.insert({*name, RecordType::txt});
        }
    }
    if (profile.mailHost) {
        if (const auto name = dane::tlsaName(*profile.mailHost)) {
            questions.insert({*name, RecordType::tlsa});
        }
    }
    if (const auto host = mtasts::policyHost(profile.domain); host && profile.mtaSts) {
        askForAddresses(*host, questions);
        questions.insert({*host, RecordType::cname});
    }
}

Questions firstRound(const Profile& profile) {
    Questions questions{{profile.domain, RecordType::txt}, {profile.domain, RecordType::mx}};
    askForZone(profile.domain, questions);
    askForServers(profile.domain, questions);
    for (const DomainName& name : dmarc::treeWalkNames(profile.domain)) { // A record above may be inherited.
        if (const auto at = name.child("_dmarc")) {
            questions.insert({*at, RecordType::txt});
        }
    }
    for (const SigningKey& key : profile.keys) {
        if (const auto name = dkimKeyName(key.selector, profile.domain)) {
            questions.insert({*name, RecordType::txt});
        }
    }
    if (profile.mailHost) {
        questions.insert({*profile.mailHost, RecordType::txt});
        askForAddresses(*profile.mailHost, questions);
        askForZone(*profile.mailHost, questions);
    }
    if (profile.role == DomainRole::sends) {
        askForTransport(profile, questions);
    }
    for (const EmailAddress& address : profile.reportsTo) {
        askForConsent(profile.domain, address.domain(), questions);
    }
    for (const DomainName& service : profile.includes) { // Nobody waits for them later, when terms are counted.
        questions.insert({service, RecordType::txt});
    }
    return questions;
}

// Whom the published DMARC record asks to send reports to.
std::vector<DomainName> reportHosts(const DomainName& domain, const Published& published) {
    std::vector<DomainName> hosts;
    const auto name = domain.child("_dmarc");
    const Answer* answer = name ? published.find(*name, RecordType::txt) : nullptr;
    const auto record = answer == nullptr ? std::nullopt : dmarc::onlyRecord(*answer);
    for (const std::string& uri : record ? record->rua : std::vector<std::string>{}) {
        if (const auto address = dmarc::mailtoAddress(uri)) {
            hosts.push_back(address->domain());
        }
    }
    return hosts;
}

// What only the first round's answers lead to.
Questions secondRound(const Profile& profile, const Published& published) {
    Questions questions;
    if (const Answer* mx = published.find(profile.domain, RecordType::mx)) {
        for (const MxHost& host : firstFew(mxHosts(*mx))) {
            if (!host.exchange.isRoot()) {
                askForAddresses(host.exchange, questions);
            }
        }
    }
    const DomainName zone = published.zoneOf(profile.domain).value_or(profile.domain);
    if (const Answer* servers = published.find(zone, RecordType::ns)) {
        for (const DomainName& host : firstFew(names(*servers))) {
            askForAddresses(host, questions);
        }
    }
    for (const DomainName& host : published.serversAbove(zone)) {
        askForAddresses(host, questions);
    }
    for (const DomainName& host : firstFew(reportHosts(profile.domain, published))) {
        askForConsent(profile.domain, host, questions);
    }
    std::erase_if(questions, [&](const Question& asked) { return published.find(asked.name, asked.type) != nullptr; });
    return questions;
}

void ask(const Questions& questions, Resolver& resolver, const std::stop_token& stop, Published& published) {
    const std::vector<Question> all(questions.begin(), questions.end());
    for (Answer& answer : resolver.lookupAll(all, stop)) {
        published.add(std::move(answer));
    }
}

} // namespace

void Published::add(Answer answer) {
    answers_.push_back(std::move(answer));
}

const Answer* Published::find(const DomainName& name, RecordType type) const {
    const auto found = std::ranges::find(answers_, Question{name, type}, &Answer::question);
    return found == answers_.end() ? nullptr : &*found;
}

std::optional<DomainName> Published::zoneOf(const DomainName& name) const {
    for (auto at = std::optional(name); at && !at->isRoot(); at = at->parent()) {
        const Answer* soa = find(*at, RecordType::soa);
        if (soa != nullptr && soa->status == AnswerStatus::found && soa->canonicalName == *at) {
            return at;
        }
    }
    return std::nullopt;
}

std::vector<DomainName> Published::serversAbove(const DomainName& zone) const {
    constexpr std::size_t enough = 1;
    for (auto above = zone.parent(); above; above = above->parent()) {
        const Answer* servers = find(*above, RecordType::ns);
        if (servers != nullptr && servers->status == AnswerStatus::found) {
            std::vector<DomainName> hosts = names(*servers);
            hosts.erase(hosts.begin() + static_cast<std::ptrdiff_t>(std::min(hosts.size(), enough)), hosts.end());
            return hosts;
        }
    }
    return {};
}

Published readPublished(const Profile& profile, Resolver& resolver, const std::stop_token& stop) {
    Published published;
    ask(firstRound(profile), resolver, stop, published);
    if (const Questions more = secondRound(profile, published); !more.empty()) {
        ask(more, resolver, stop, published);
    }
    return published;
}

DomainName guessMailHost(const DomainName& domain, const Published& published) {
    if (const Answer* mx = published.find(domain, RecordType::mx)) {
        for (const MxHost& host : mxHosts(*mx)) {
            if (auto name = DomainName::parse(host.exchange.toString())) { // Not the null MX, nor what is no host name.
                return std::move(*name);
            }
        }
    }
    return domain.child("mail").value_or(domain);
}

} // namespace sealwright
