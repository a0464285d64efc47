#include "checks/dkimcheck.h"

#include "checks/nameservers.h"
#include "checks/slip.h"
#include "dkim/keyrecord.h"

#include <algorithm>
#include <set>
#include <thread>

namespace sealwright {
namespace {

// What one server (or the resolver) publishes for one selector, next to our key.
struct Seen {
    FindingCode code; ///< dkimPresent, or what is wrong.
    std::vector<std::string> arguments;
};

Seen judge(const Answer& answer, const SigningKey& key) {
    const std::vector<std::string> found = texts(answer);
    const std::string& selector = key.selector.toString();
    if (found.empty()) {
        return {FindingCode::dkimMissing, {selector}};
    }
    if (found.size() > 1) { // RFC 6376 section 3.6.2.2: undefined
        return {FindingCode::dkimSeveral, {selector, std::to_string(found.size())}};
    }
    const auto record = dkim::KeyRecord::parse(found.front());
    if (!record) {
        return {FindingCode::dkimBroken, {selector, record.error().what}};
    }
    if (record->isRevoked()) {
        return {FindingCode::dkimRevoked, {selector}};
    }
    if (record->type != key.type || record->publicKey != key.publicKey) {
        return {FindingCode::dkimOtherKey, {selector}};
    }
    if (!record->allowsMail()) {
        return {FindingCode::dkimDiffers, {selector}};
    }
    if (record->isTesting()) {
        return {FindingCode::dkimTesting, {selector}};
    }
    return {FindingCode::dkimPresent, {selector}};
}

struct EveryServer {
    bool allHaveIt = false; ///< All that answered, and at least one did.
    bool someHaveIt = false;
    bool anybodySpoke = false;
    std::vector<std::string> without; ///< Answered, and lack our key.
    std::vector<std::string> silent;
};

EveryServer askEveryServer(const CheckInput& input, const std::vector<ServerAddress>& servers, const Question& question,
                           const SigningKey& key, std::stop_token stop) {
    std::vector<ServerQuestion> questions;
    std::ranges::transform(servers, std::back_inserter(questions), [&](const ServerAddress& at) {
        return ServerQuestion{at.server, question};
    });
    const std::vector<Reply> replies = input.resolver.askServers(questions, std::move(stop));
    EveryServer result;
    std::set<DomainName> speaking;
    for (std::size_t i = 0; i < replies.size(); ++i) {
        if (replies[i].tells()) {
            speaking.insert(servers[i].host);
            if (judge(replies[i].answer, key).code == FindingCode::dkimPresent) {
                result.someHaveIt = true;
            } else {
                result.without.push_back(servers[i].label());
            }
        }
    }
    // Where there is no IPv6 no IPv6 address is reached: a server counts as silent when none of its addresses answers.
    for (const ServerAddress& at : servers) {
        if (!speaking.contains(at.host)) {
            result.silent.push_back(at.label());
        }
    }
    result.anybodySpoke = !speaking.empty();
    result.allHaveIt = result.without.empty() && result.anybodySpoke;
    return result;
}

std::vector<std::string> withSelector(const SigningKey& key, const std::vector<std::string>& more) {
    std::vector<std::string> arguments{key.selector.toString()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

const ComparedRecord* plannedKey(const CheckInput& input, const DomainName& name) {
    const auto found = std::ranges::find_if(input.compared, [&name](const ComparedRecord& record) {
        return record.planned.purpose == Purpose::dkim && record.planned.record.name == name;
    });
    return found == input.compared.end() ? nullptr : &*found;
}

// What no look at the DNS can tell: that the server signs, and with this key.
void tellOfMessages(const Profile& profile, const SigningKey& key, const FindingSink& sink) {
    const auto last = std::find_if(profile.verified.rbegin(), profile.verified.rend(),
                                   [&key](const auto& message) { return message.fingerprint == key.fingerprint; });
    if (last == profile.verified.rend()) {
        sink({FindingCode::dkimNeverVerified, Area::dkim, profile.domain, {key.selector.toString()}, {}, {}});
    } else {
        sink({FindingCode::dkimVerifiedMessage,
              Area::dkim,
              profile.domain,
              {key.selector.toString(), last->receiver.toUnicode(), dateOf(last->when)},
              {},
              {}});
    }
}

void checkKey(const CheckInput& input, const SigningKey& key, const std::vector<ServerAddress>& servers,
              const FindingSink& sink, const std::stop_token& stop) {
    const auto name = dkimKeyName(key.selector, input.profile.domain);
    if (!name) {
        return; // The plan says so in a note.
    }
    if (key.type == KeyType::rsa && key.bits < advisedRsaBits) {
        sink({FindingCode::dkimShortKey,
              Area::dkim,
              *name,
              {key.selector.toString(), std::to_string(key.bits)},
              {},
              {}});
    }
    const Question question{*name, RecordType::txt};
    const Answer answer = answerTo(input, question, stop);
    if (!isTold(Area::dkim, answer, sink)) {
        return;
    }
    Seen seen = judge(answer, key);
    const ComparedRecord* planned = plannedKey(input, *name);
    const auto expected = planned == nullptr ? std::vector<ResourceRecord>{} : std::vector{planned->planned.record};
    // Behind an alias the name's own servers have no key to show.
    const bool askServers = input.resolver.reachesNameServers() && answer.canonicalName == *name;
    const EveryServer every = askServers ? askEveryServer(input, servers, question, key, stop) : EveryServer{};
    if (seen.code != FindingCode::dkimPresent && every.allHaveIt) {
        seen = {FindingCode::dkimNotYetSeen, {key.selector.toString(), std::to_string(answer.ttl.count())}};
    } else if (seen.code == FindingCode::dkimPresent) {
        seen.arguments.push_back(every.anybodySpoke ? std::to_string(servers.size() - every.silent.size()) : "");
    }
    // The resolver may have asked either kind of server.
    const bool notEverywhere = every.someHaveIt && !every.without.empty();
    if (notEverywhere) {
        sink({FindingCode::dkimNotEverywhere, Area::dkim, *name, withSelector(key, every.without), expected,
              seenRecords(answer)});
    } else {
        sink({seen.code, Area::dkim, *name, seen.arguments, expected, seenRecords(answer)});
        if (seen.code == FindingCode::dkimPresent) {
            tellOfMessages(input.profile, key, sink);
        }
    }
    if (planned != nullptr && !notEverywhere && seen.code != FindingCode::dkimNotYetSeen) {
        tellOfSlip(input, Area::dkim, *planned, sink, stop);
    }
    if (every.anybodySpoke && !every.silent.empty() && !stop.stop_requested()) {
        sink({FindingCode::dkimServerSilent, Area::dkim, *name, withSelector(key, every.silent), {}, {}});
    }
}

} // namespace

void dkimCheck(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop) {
    const Profile& profile = input.profile;
    if (profile.keys.empty()) {
        if (profile.role == DomainRole::sends) {
            sink({FindingCode::dkimNoKey, Area::dkim, profile.domain, {}, {}, {}});
        }
        return;
    }
    if (std::ranges::none_of(profile.keys, [](const SigningKey& key) { return key.type == KeyType::rsa; })) {
        const Selector& selector = profile.keys.front().selector;
        sink({FindingCode::dkimOnlyEd25519, Area::dkim, profile.domain, {selector.toString()}, {}, {}});
    }
    const DomainName zone = input.published.zoneOf(profile.domain).value_or(profile.domain);
    const std::vector<ServerAddress> servers = nameServersOf(input, zone, stop);
    std::vector<std::jthread> atOnce;
    for (const SigningKey& key : profile.keys) {
        atOnce.emplace_back([&] { checkKey(input, key, servers, sink, stop); });
    }
}

} // namespace sealwright
