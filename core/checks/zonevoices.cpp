#include "checks/zonevoices.h"

#include <algorithm>
#include <map>
#include <set>

namespace sealwright {
namespace {

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

bool saysSomething(const Reply& reply) {
    const AnswerStatus status = reply.answer.status;
    return status != AnswerStatus::timedOut && status != AnswerStatus::notAsked;
}

bool isOver(const ServerAddress& at, bool v4) {
    return at.server.address.isV4() == v4;
}

} // namespace

bool Heard::isAnswering() const {
    return saysSomething(soa());
}

bool Heard::isServing() const {
    return soa().answer.status == AnswerStatus::found && soa().isAuthoritative;
}

bool HeardAbove::isAnswering() const {
    return saysSomething(reply);
}

bool HeardAbove::isAuthority() const {
    return reply.isAuthoritative || reply.refers();
}

bool ZoneVoices::isIntercepted(bool v4) const {
    const auto serves = [v4](const Heard& heard) { return isOver(heard.at, v4) && heard.isServing(); };
    const auto isAuthority = [v4](const HeardAbove& heard) { return isOver(heard.at, v4) && heard.isAuthority(); };
    const auto answers = [v4](const HeardAbove& heard) { return isOver(heard.at, v4) && heard.isAnswering(); };
    return std::ranges::none_of(servers, serves) && std::ranges::none_of(above, isAuthority) &&
           std::ranges::any_of(above, answers);
}

bool ZoneVoices::isIntercepted() const {
    return std::ranges::any_of(servers, &Heard::isAnswering) && std::ranges::none_of(servers, &Heard::isServing) &&
           std::ranges::none_of(above, &HeardAbove::isAuthority);
}

ZoneVoices hearZone(const CheckInput& input, const DomainName& zone, const std::vector<ServerAddress>& servers,
                    const std::stop_token& stop) {
    ZoneVoices voices{zone, questionsOf(input, zone), {}, {}};
    std::vector<ServerQuestion> asked;
    for (const ServerAddress& at : servers) {
        asked.push_back({at.server, {zone, RecordType::soa}});
        std::ranges::transform(voices.questions, std::back_inserter(asked), [&at](const Question& question) {
            return ServerQuestion{at.server, question};
        });
    }
    const std::vector<ServerAddress> above =
        addressesOf(input.published.serversAbove(zone), input.resolver, stop).value_or(std::vector<ServerAddress>{});
    for (const ServerAddress& at : above) {
        asked.push_back({at.server, {zone, RecordType::ns}});
    }
    const std::vector<Reply> replies = input.resolver.askServers(asked, stop);
    auto next = replies.begin();
    for (const ServerAddress& at : servers) {
        const auto end = next + 1 + static_cast<std::ptrdiff_t>(voices.questions.size());
        voices.servers.push_back({at, {next, end}});
        next = end;
    }
    for (const ServerAddress& at : above) {
        voices.above.push_back({at, *next++});
    }
    return voices;
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

std::optional<Consensus> consensusOf(const ZoneVoices& voices, std::size_t question) {
    std::map<std::string, std::vector<std::string>> groups;
    for (const Heard& heard : voices.servers) {
        const Reply& reply = heard.replies[question + 1];
        if (heard.isServing() && reply.tells()) {
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

} // namespace sealwright
