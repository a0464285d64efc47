#include "checks/dkimcheck.h"

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

struct Servers {
    std::vector<NameServer> servers;
    std::vector<std::string> labels; ///< One per server: "ns1.example.org (192.0.2.1)".
};

// Every address of every name server of the zone.
Servers nameServers(const CheckInput& input, const DomainName& zone, const std::stop_token& stop) {
    const std::vector<DomainName> hosts = names(answerTo(input, {zone, RecordType::ns}, stop));
    std::vector<Question> missing;
    std::vector<Answer> answers;
    for (const DomainName& host : hosts) {
        for (const RecordType type : {RecordType::a, RecordType::aaaa}) {
            if (const Answer* known = input.published.find(host, type)) {
                answers.push_back(*known);
            } else {
                missing.push_back({host, type});
            }
        }
    }
    if (!missing.empty()) {
        std::ranges::move(input.resolver.lookupAll(missing, stop), std::back_inserter(answers));
    }
    Servers all;
    for (const Answer& answer : answers) {
        for (const IpAddress& address : addresses(answer)) {
            all.servers.push_back({zone, address});
            all.labels.push_back(answer.question.name.toString() + " (" + address.toString() + ")");
        }
    }
    return all;
}

struct EveryServer {
    bool allHaveIt = false; ///< All that answered, and at least one did.
    bool someHaveIt = false;
    std::vector<std::string> without; ///< Answered, and lack our key.
    std::vector<std::string> silent;
};

EveryServer askEveryServer(const CheckInput& input, const Servers& all, const Question& question, const SigningKey& key,
                           std::stop_token stop) {
    EveryServer result;
    const std::vector<Answer> answers = input.resolver.lookupAt(all.servers, question, std::move(stop));
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (!answers[i].isConclusive()) {
            result.silent.push_back(all.labels[i]);
        } else if (judge(answers[i], key).code != FindingCode::dkimPresent) {
            result.without.push_back(all.labels[i]);
        } else {
            result.someHaveIt = true;
        }
    }
    // A host without IPv6 reaches no IPv6 address: a name server counts as silent when none of its addresses answers.
    const std::set<std::string> without(result.without.begin(), result.without.end());
    const std::set<std::string> silent(result.silent.begin(), result.silent.end());
    std::set<std::string> speaking;
    for (const std::string& label : all.labels) {
        if (!silent.contains(label)) {
            speaking.insert(label.substr(0, label.find(' ')));
        }
    }
    std::erase_if(result.silent,
                  [&](const std::string& label) { return speaking.contains(label.substr(0, label.find(' '))); });
    result.allHaveIt = result.without.empty() && !speaking.empty();
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

void checkKey(const CheckInput& input, const SigningKey& key, const Servers& servers, const FindingSink& sink,
              const std::stop_token& stop) {
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
        seen.arguments.push_back(std::to_string(askServers ? servers.servers.size() - every.silent.size() : 0));
    }
    // The resolver may have asked either kind of server.
    const bool notEverywhere = every.someHaveIt && !every.without.empty();
    if (notEverywhere) {
        sink({FindingCode::dkimNotEverywhere, Area::dkim, *name, withSelector(key, every.without), expected,
              seenRecords(answer)});
    } else {
        sink({seen.code, Area::dkim, *name, seen.arguments, expected, seenRecords(answer)});
    }
    if (planned != nullptr && !notEverywhere && seen.code != FindingCode::dkimNotYetSeen) {
        tellOfSlip(input, Area::dkim, *planned, sink, stop);
    }
    if (!every.silent.empty() && !stop.stop_requested()) {
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
    const Servers servers = input.resolver.reachesNameServers() ? nameServers(input, zone, stop) : Servers{};
    std::vector<std::jthread> atOnce;
    for (const SigningKey& key : profile.keys) {
        atOnce.emplace_back([&] { checkKey(input, key, servers, sink, stop); });
    }
}

} // namespace sealwright
