#include "checks/delegationcheck.h"

#include "checks/resolversview.h"
#include "dns/rdata.h"

#include <algorithm>
#include <map>
#include <set>

namespace sealwright {
namespace {

void tell(const FindingSink& sink, FindingCode code, const DomainName& zone, std::vector<std::string> arguments) {
    sink({code, Area::delegation, zone, std::move(arguments), {}, {}});
}

std::string serialOf(const Answer& soa) { // RFC 1035 section 3.3.13
    RdataReader reader(soa.rdata.empty() ? std::string_view() : soa.rdata.front());
    const bool named = reader.name() && reader.name();
    const auto serial = named ? reader.number32() : std::nullopt;
    return serial ? std::to_string(*serial) : std::string();
}

bool isSilent(const Heard& heard) {
    return heard.soa().answer.status == AnswerStatus::timedOut;
}

// Where no server at all answers over IPv6 (or IPv4), not even of the zone above, it is this computer's way there that
// leads nowhere.
bool isOurOwnDeafness(const Heard& silent, const ZoneVoices& voices) {
    const bool v4 = silent.at.server.address.isV4();
    const auto answers = [v4](const auto& heard) {
        return heard.at.server.address.isV4() == v4 && heard.isAnswering();
    };
    return std::ranges::none_of(voices.servers, answers) && std::ranges::none_of(voices.above, answers);
}

bool isLame(const Heard& heard) {
    return heard.isAnswering() && !heard.isServing() && std::ranges::none_of(heard.replies, &Reply::isCutShort);
}

// Nobody finds anything of a zone whose servers all answer so.
void tellOfLameServers(const ZoneVoices& voices, const FindingSink& sink) {
    const bool anyServes = std::ranges::any_of(voices.servers, &Heard::isServing);
    std::vector<std::string> lame;
    for (const Heard& heard : voices.servers) {
        if (!isLame(heard) || voices.isIntercepted(heard.at.server.address.isV4())) {
            continue;
        }
        if (anyServes) {
            tell(sink, FindingCode::nameServerLame, voices.zone, {heard.at.label(), heard.soa().answer.why});
        }
        lame.push_back(heard.at.label());
    }
    if (!lame.empty() && !anyServes) {
        tell(sink, FindingCode::zoneNotServed, voices.zone, std::move(lame));
    }
}

// Servers that say nothing, or not what they are asked for as authorities.
void tellOfServers(const ZoneVoices& voices, const FindingSink& sink) {
    for (const Heard& heard : voices.servers) {
        if (isSilent(heard) && !isOurOwnDeafness(heard, voices)) {
            tell(sink, FindingCode::nameServerSilent, voices.zone, {heard.at.label()});
        } else if (std::ranges::any_of(heard.replies, &Reply::isCutShort)) {
            tell(sink, FindingCode::nameServerNoTcp, voices.zone, {heard.at.label()});
        }
    }
    tellOfLameServers(voices, sink);
}

void tellOfSerials(const ZoneVoices& voices, const FindingSink& sink) {
    std::set<std::string> serials;
    std::set<DomainName> hosts;
    std::vector<std::string> each;
    for (const Heard& heard : voices.servers) {
        if (heard.isServing()) {
            const std::string serial = serialOf(heard.soa().answer);
            serials.insert(serial);
            hosts.insert(heard.at.host);
            each.push_back(heard.at.label() + ": " + serial);
        }
    }
    if (serials.size() > 1) {
        tell(sink, FindingCode::serialsDiffer, voices.zone, each);
    } else if (!serials.empty()) {
        tell(sink, FindingCode::delegationSound, voices.zone,
             {std::to_string(hosts.size()), std::to_string(each.size()), *serials.begin()});
    }
}

std::vector<std::string> withQuestion(const Question& question, std::vector<std::string> labels) {
    labels.insert(labels.begin(), questionText(question));
    return labels;
}

void tellOfDisagreement(const ZoneVoices& voices, const FindingSink& sink) {
    for (std::size_t i = 0; i < voices.questions.size(); ++i) {
        const auto consensus = consensusOf(voices, i);
        if (consensus && !consensus->others.empty()) {
            sink({FindingCode::serversDisagree,
                  Area::delegation,
                  voices.questions[i].name,
                  withQuestion(voices.questions[i], consensus->others),
                  {},
                  {}});
        }
    }
}

std::vector<std::string> without(const std::vector<DomainName>& some, const std::vector<DomainName>& others) {
    std::vector<std::string> rest;
    for (const DomainName& name : some) {
        if (std::ranges::find(others, name) == others.end()) {
            rest.push_back(name.toString());
        }
    }
    return rest;
}

// What the DNS told of the addresses of a server, all of them.
struct OwnAddresses {
    std::set<IpAddress> all;
    bool v4Told = false;
    bool v6Told = false;

    [[nodiscard]] bool lack(const IpAddress& address) const {
        return (address.isV4() ? v4Told : v6Told) && !all.empty() && !all.contains(address);
    }
};

OwnAddresses ownAddresses(const CheckInput& input, const DomainName& host, const std::stop_token& stop) {
    const Question questions[] = {{host, RecordType::a}, {host, RecordType::aaaa}};
    const std::vector<Answer> answers = answersTo(input, questions, stop);
    OwnAddresses own{{}, answers[0].isConclusive(), answers[1].isConclusive()};
    for (const Answer& answer : answers) {
        const std::vector<IpAddress> found = addresses(answer);
        own.all.insert(found.begin(), found.end());
    }
    return own;
}

// Addresses that the parent hands out with the delegation and that are not the server's any more.
void tellOfGlue(const CheckInput& input, const Delegation& delegation, const FindingSink& sink,
                const std::stop_token& stop) {
    std::map<DomainName, std::set<IpAddress>> glue;
    for (const auto& [host, address] : delegation.glue) {
        glue[host].insert(address);
    }
    for (const auto& [host, handedOut] : glue) {
        const OwnAddresses own = ownAddresses(input, host, stop);
        std::vector<std::string> wrong{host.toString()};
        for (const IpAddress& address : handedOut) {
            if (own.lack(address)) {
                wrong.push_back(address.toString());
            }
        }
        if (wrong.size() > 1) {
            tell(sink, FindingCode::glueDiffers, delegation.zone, wrong);
        }
    }
}

// Whether the delegation in the zone above names the same servers as the zone (RFC 1034 section 4.2.2).
void tellOfDelegation(const CheckInput& input, const ZoneVoices& voices, const FindingSink& sink,
                      const std::stop_token& stop) {
    const auto referring = std::ranges::find_if(voices.above, [&](const HeardAbove& heard) {
        return heard.reply.refers() && heard.reply.referral->zone == voices.zone;
    });
    if (referring == voices.above.end()) {
        return; // It did not answer, or the same servers serve both zones.
    }
    const Delegation& delegation = *referring->reply.referral;
    const std::vector<DomainName> own = names(answerTo(input, {voices.zone, RecordType::ns}, stop));
    if (auto hosts = without(delegation.servers, own); !hosts.empty()) {
        tell(sink, FindingCode::nameServerOnlyAtParent, voices.zone, std::move(hosts));
    }
    if (auto hosts = without(own, delegation.servers); !hosts.empty()) {
        tell(sink, FindingCode::nameServerOnlyInZone, voices.zone, std::move(hosts));
    }
    tellOfGlue(input, delegation, sink, stop);
}

void tellOfHosts(const CheckInput& input, const DomainName& zone, const std::vector<ServerAddress>& servers,
                 const FindingSink& sink, const std::stop_token& stop) {
    const std::vector<DomainName> hosts = names(answerTo(input, {zone, RecordType::ns}, stop));
    std::set<IpAddress> different;
    std::ranges::for_each(servers, [&](const ServerAddress& at) { different.insert(at.server.address); });
    if (hosts.size() == 1 || different.size() == 1) { // RFC 2182 section 5
        tell(sink, FindingCode::nameServerAlone, zone, {hosts.front().toString()});
    }
    for (const DomainName& host : hosts) {
        const Answer v4 = answerTo(input, {host, RecordType::a}, stop);
        const Answer v6 = answerTo(input, {host, RecordType::aaaa}, stop);
        const bool certain = v4.isConclusive() && v6.isConclusive();
        if (certain && v4.rdata.empty() && v6.rdata.empty()) {
            tell(sink, FindingCode::nameServerWithoutAddress, zone, {host.toString()});
        } else if (certain && v4.canonicalName != host) { // RFC 2181 section 10.3
            tell(sink, FindingCode::nameServerIsAlias, zone, {host.toString(), v4.canonicalName.toString()});
        }
    }
}

void tellOfSignatures(const CheckInput& input, const Answer& soa, const FindingSink& sink) {
    const DomainName& zone = soa.question.name;
    if (soa.status == AnswerStatus::bogus) {
        tell(sink, FindingCode::dnssecBogus, zone, {questionText(soa.question), soa.why});
    } else if (input.resolver.validates() && soa.isConclusive()) {
        const bool isSecure = soa.security == DnsSecurity::secure;
        tell(sink, isSecure ? FindingCode::dnssecSecure : FindingCode::dnssecInsecure, zone, {});
    }
}

// Nothing but `why` where nobody answers; else the server in whose place something on the way does.
void tellUnknown(const ZoneVoices& voices, const FindingSink& sink) {
    const auto answering = std::ranges::find_if(voices.servers, &Heard::isAnswering);
    if (answering != voices.servers.end()) {
        tell(sink, FindingCode::delegationUnknown, voices.zone, {"", answering->at.label()});
    } else {
        tell(sink, FindingCode::delegationUnknown, voices.zone,
             {voices.servers.empty() ? "" : voices.servers.front().soa().answer.why});
    }
}

// Where the resolver gets nothing out of the zone, the zone above still names its servers: whether they serve it.
void tellWhyNothingComes(const CheckInput& input, const DomainName& zone, const FindingSink& sink,
                         const std::stop_token& stop) {
    const auto delegation = delegationOf(input, zone, stop);
    if (!delegation) {
        return;
    }
    const ZoneVoices voices = hearZone(input, delegation->zone, addressesOf(*delegation, input.resolver, stop), stop);
    if (!stop.stop_requested() && std::ranges::any_of(voices.servers, &Heard::isAnswering)) {
        tellOfServers(voices, sink);
    }
}

} // namespace

void delegationCheck(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop) {
    if (!input.resolver.reachesNameServers()) {
        return; // A zone file alone has neither servers nor a zone above.
    }
    const DomainName zone = input.published.zoneOf(input.profile.domain).value_or(input.profile.domain);
    const Answer soa = answerTo(input, {zone, RecordType::soa}, stop);
    tellOfSignatures(input, soa, sink);
    if (soa.status != AnswerStatus::bogus && !isTold(Area::delegation, soa, sink)) {
        if (soa.status == AnswerStatus::serverFailure) {
            tellWhyNothingComes(input, zone, sink, stop);
        }
        return;
    }
    const std::vector<ServerAddress> servers = nameServersOf(input, zone, stop);
    if (servers.empty() && soa.status != AnswerStatus::found) {
        return; // Bogus, or no such zone: nobody can say who its servers are.
    }
    const ZoneVoices voices = hearZone(input, zone, servers, stop);
    if (stop.stop_requested()) {
        return;
    }
    tellOfHosts(input, zone, servers, sink, stop);
    const bool isFound = soa.status == AnswerStatus::found; // So the zone works, whatever seems to answer here.
    if (std::ranges::none_of(voices.servers, &Heard::isAnswering) || (isFound && voices.isIntercepted())) {
        tellUnknown(voices, sink);
        return;
    }
    tellOfServers(voices, sink);
    tellOfSerials(voices, sink);
    tellOfDisagreement(voices, sink);
    tellOfDelegation(input, voices, sink, stop);
    compareWithResolvers(input, voices, sink, stop);
}

} // namespace sealwright
