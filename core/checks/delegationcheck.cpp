#include "checks/delegationcheck.h"

#include "checks/nameservers.h"
#include "dns/rdata.h"

#include <algorithm>
#include <map>
#include <set>

namespace sealwright {
namespace {

// What one address of a name server said.
struct Heard {
    ServerAddress at;
    std::vector<Reply> replies; ///< To the SOA question first, then to `questions`.

    [[nodiscard]] const Reply& soa() const { return replies.front(); }
};

// What the zone's servers and its parent's said, all in one round trip.
struct Voices {
    DomainName zone;
    std::vector<Question> questions; ///< What matters to mail in this zone, behind the SOA.
    std::vector<Heard> servers;
    std::vector<Reply> parents; ///< To NS of the zone.
};

void tell(const FindingSink& sink, FindingCode code, const DomainName& zone, std::vector<std::string> arguments) {
    sink({code, Area::delegation, zone, std::move(arguments), {}, {}});
}

// The planned records of the zone, and what the domain's MX and TXT records are.
std::vector<Question> questionsOf(const CheckInput& input, const DomainName& zone) {
    std::set<Question> questions{{input.profile.domain, RecordType::mx}, {input.profile.domain, RecordType::txt}};
    for (const ComparedRecord& compared : input.compared) {
        const ResourceRecord& record = compared.planned.record;
        if (compared.planned.zone == zone && compared.planned.purpose != Purpose::dkim) { // dkimCheck asks for those
            questions.insert({record.name, record.type});
        }
    }
    return {questions.begin(), questions.end()};
}

Voices hear(const CheckInput& input, const DomainName& zone, const std::vector<ServerAddress>& servers,
            const std::stop_token& stop) {
    Voices voices{zone, questionsOf(input, zone), {}, {}};
    std::vector<ServerQuestion> asked;
    for (const ServerAddress& at : servers) {
        asked.push_back({at.server, {zone, RecordType::soa}});
        std::ranges::transform(voices.questions, std::back_inserter(asked), [&at](const Question& question) {
            return ServerQuestion{at.server, question};
        });
    }
    for (const ServerAddress& at : addressesOf(input, input.published.serversAbove(zone), stop)) {
        asked.push_back({at.server, {zone, RecordType::ns}});
    }
    const std::vector<Reply> replies = input.resolver.askServers(asked, stop);
    auto next = replies.begin();
    for (const ServerAddress& at : servers) {
        const auto end = next + 1 + static_cast<std::ptrdiff_t>(voices.questions.size());
        voices.servers.push_back({at, {next, end}});
        next = end;
    }
    voices.parents.assign(next, replies.end());
    return voices;
}

bool isServing(const Heard& heard) {
    return heard.soa().answer.status == AnswerStatus::found && heard.soa().isAuthoritative;
}

bool isHeard(const Heard& heard) {
    const AnswerStatus status = heard.soa().answer.status;
    return status != AnswerStatus::timedOut && status != AnswerStatus::notAsked;
}

std::string serialOf(const Answer& soa) { // RFC 1035 section 3.3.13
    RdataReader reader(soa.rdata.empty() ? std::string_view() : soa.rdata.front());
    const bool named = reader.name() && reader.name();
    const auto serial = named ? reader.number32() : std::nullopt;
    return serial ? std::to_string(*serial) : std::string();
}

// Servers that say nothing, or not what they are asked for as authorities.
void tellOfServers(const Voices& voices, const FindingSink& sink) {
    std::set<DomainName> speaking;
    for (const Heard& heard : voices.servers) {
        if (isHeard(heard)) {
            speaking.insert(heard.at.host);
        }
    }
    for (const Heard& heard : voices.servers) {
        const Answer& soa = heard.soa().answer;
        const bool truncated = std::ranges::any_of(
            heard.replies, [](const Reply& reply) { return reply.answer.why.starts_with("truncated"); });
        if (!isHeard(heard)) {
            // Without IPv6 here no IPv6 address is reached: its host counts, where another address of it answers.
            if (soa.status == AnswerStatus::timedOut || !speaking.contains(heard.at.host)) {
                tell(sink, FindingCode::nameServerSilent, voices.zone, {heard.at.label()});
            }
        } else if (truncated) {
            tell(sink, FindingCode::nameServerNoTcp, voices.zone, {heard.at.label()});
        } else if (!isServing(heard)) {
            tell(sink, FindingCode::nameServerLame, voices.zone, {heard.at.label(), soa.why});
        }
    }
}

void tellOfSerials(const Voices& voices, const FindingSink& sink) {
    std::set<std::string> serials;
    std::set<DomainName> hosts;
    std::vector<std::string> each;
    for (const Heard& heard : voices.servers) {
        if (isServing(heard)) {
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

std::string shownValues(const Answer& answer) {
    std::vector<std::string> values = presentation(answer);
    std::ranges::sort(values);
    std::string text;
    for (const std::string& value : values) {
        text += (text.empty() ? "" : " | ") + value;
    }
    return text;
}

// What most of the servers say to one question, and who says something else.
struct Consensus {
    std::string values;
    std::vector<std::string> others; ///< Labels.
};

std::optional<Consensus> consensusOf(const Voices& voices, std::size_t question) {
    std::map<std::string, std::vector<std::string>> groups;
    for (const Heard& heard : voices.servers) {
        const Reply& reply = heard.replies[question + 1];
        if (isServing(heard) && reply.answer.isConclusive()) {
            groups[shownValues(reply.answer)].push_back(heard.at.label());
        }
    }
    if (groups.empty()) {
        return std::nullopt;
    }
    // A server that has the record counts before one that lacks it, as a change comes from somewhere.
    const auto most = std::ranges::max_element(
        groups, {}, [](const auto& group) { return std::pair(group.second.size(), !group.first.empty()); });
    Consensus consensus{most->first, {}};
    for (const auto& [values, labels] : groups) {
        if (values != consensus.values) {
            consensus.others.insert(consensus.others.end(), labels.begin(), labels.end());
        }
    }
    return consensus;
}

std::string questionText(const Question& question) {
    return question.name.toString() + " " + std::string(toString(question.type));
}

std::vector<std::string> withQuestion(const Question& question, std::vector<std::string> labels) {
    labels.insert(labels.begin(), questionText(question));
    return labels;
}

void tellOfDisagreement(const Voices& voices, const FindingSink& sink) {
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

// Resolvers that say something else than the name servers, which all say the same: they remember an older answer.
class WorldView {
public:
    WorldView(const CheckInput& input, const Voices& voices, const FindingSink& sink)
        : input_(input), voices_(voices), sink_(sink) {
        for (std::size_t i = 0; i < voices.questions.size(); ++i) {
            const auto consensus = consensusOf(voices, i);
            if (consensus && consensus->others.empty()) {
                questions_.push_back(voices.questions[i]);
                values_.push_back(consensus->values);
            }
        }
    }

    void compare(const std::stop_token& stop) {
        compareWith("", input_.resolver.lookupAll(questions_, stop));
        compareOthers(stop);
        if (input_.resolver.validates()) {
            compareOwnRecursion(input_.resolver.lookupFromRoot(questions_, stop));
        }
    }

private:
    // Public resolvers that the user named.
    void compareOthers(const std::stop_token& stop) {
        std::vector<ServerQuestion> asked;
        for (const NameServer& other : input_.alsoAsk) {
            std::ranges::transform(questions_, std::back_inserter(asked), [&](const Question& question) {
                return ServerQuestion{other, question};
            });
        }
        const std::vector<Reply> replies = input_.resolver.askServers(asked, stop);
        for (std::size_t begin = 0; begin < replies.size(); begin += questions_.size()) {
            std::vector<Answer> answers;
            for (std::size_t i = 0; i < questions_.size(); ++i) {
                answers.push_back(replies[begin + i].answer);
            }
            const std::string who = asked[begin].server.address.toString();
            compareWith(who, answers);
            if (!answers.empty() && std::ranges::none_of(answers, &Answer::isConclusive)) {
                tell(sink_, FindingCode::resolverSilent, voices_.zone, {who, answers.front().why});
            }
        }
    }

    void compareOwnRecursion(const std::vector<Answer>& answers) {
        compareWith("", answers);
        const auto bogus = std::ranges::find(answers, AnswerStatus::bogus, &Answer::status);
        if (bogus != answers.end()) {
            tell(sink_, FindingCode::dnssecBogus, voices_.zone, {questionText(bogus->question), bogus->why});
        }
    }

    void compareWith(const std::string& who, const std::vector<Answer>& answers) {
        for (std::size_t i = 0; i < answers.size(); ++i) {
            if (answers[i].isConclusive() && answers[i].canonicalName == questions_[i].name &&
                shownValues(answers[i]) != values_[i] && told_.emplace(who, questions_[i]).second) {
                sink_({who.empty() ? FindingCode::cachesBehind : FindingCode::resolverBehind,
                       Area::delegation,
                       questions_[i].name,
                       {questionText(questions_[i]), std::to_string(answers[i].ttl.count()), who},
                       {},
                       seenRecords(answers[i])});
            }
        }
    }

    const CheckInput& input_;
    const Voices& voices_;
    const FindingSink& sink_;
    std::vector<Question> questions_;
    std::vector<std::string> values_;
    std::set<std::pair<std::string, Question>> told_;
};

std::vector<std::string> without(const std::vector<DomainName>& some, const std::vector<DomainName>& others) {
    std::vector<std::string> rest;
    for (const DomainName& name : some) {
        if (std::ranges::find(others, name) == others.end()) {
            rest.push_back(name.toString());
        }
    }
    return rest;
}

// Addresses that the parent hands out with the delegation and that are not the server's any more.
void tellOfGlue(const CheckInput& input, const Delegation& delegation, const FindingSink& sink,
                const std::stop_token& stop) {
    std::map<DomainName, std::set<IpAddress>> glue;
    for (const auto& [host, address] : delegation.glue) {
        glue[host].insert(address);
    }
    for (const auto& [host, handedOut] : glue) {
        std::set<IpAddress> own;
        for (const ServerAddress& at : addressesOf(input, {host}, stop)) {
            own.insert(at.server.address);
        }
        std::vector<std::string> wrong{host.toString()};
        for (const IpAddress& address : handedOut) {
            if (!own.empty() && !own.contains(address)) {
                wrong.push_back(address.toString());
            }
        }
        if (wrong.size() > 1) {
            tell(sink, FindingCode::glueDiffers, delegation.zone, wrong);
        }
    }
}

// Whether the delegation in the zone above names the same servers as the zone (RFC 1034 section 4.2.2).
void tellOfDelegation(const CheckInput& input, const Voices& voices, const FindingSink& sink,
                      const std::stop_token& stop) {
    const auto referring = std::ranges::find_if(
        voices.parents, [&](const Reply& reply) { return reply.referral && reply.referral->zone == voices.zone; });
    if (referring == voices.parents.end()) {
        return; // It did not answer, or the same servers serve both zones.
    }
    const Delegation& delegation = *referring->referral;
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

} // namespace

void delegationCheck(const CheckInput& input, const FindingSink& sink, const std::stop_token& stop) {
    if (!input.resolver.reachesNameServers()) {
        return; // A zone file alone has neither servers nor a zone above.
    }
    const DomainName zone = input.published.zoneOf(input.profile.domain).value_or(input.profile.domain);
    const Answer soa = answerTo(input, {zone, RecordType::soa}, stop);
    tellOfSignatures(input, soa, sink);
    if (soa.status != AnswerStatus::bogus && !isTold(Area::delegation, soa, sink)) {
        return;
    }
    const std::vector<ServerAddress> servers = nameServersOf(input, zone, stop);
    if (servers.empty() && soa.status != AnswerStatus::found) {
        return; // Bogus, or no such zone: nobody can say who its servers are.
    }
    const Voices voices = hear(input, zone, servers, stop);
    if (stop.stop_requested()) {
        return;
    }
    tellOfHosts(input, zone, servers, sink, stop);
    if (std::ranges::none_of(voices.servers, isHeard)) {
        const std::string why = voices.servers.empty() ? "" : voices.servers.front().soa().answer.why;
        tell(sink, FindingCode::delegationUnknown, zone, {why});
        return;
    }
    tellOfServers(voices, sink);
    tellOfSerials(voices, sink);
    tellOfDisagreement(voices, sink);
    tellOfDelegation(input, voices, sink, stop);
    WorldView(input, voices, sink).compare(stop);
}

} // namespace sealwright
