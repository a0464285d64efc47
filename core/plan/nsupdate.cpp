#include "plan/nsupdate.h"

#include "dns/rdata.h"
#include "dns/txtstrings.h"
#include "zone/zonefile.h"

#include <algorithm>
#include <set>

namespace sealwright {
namespace {

std::string nameAndType(const Question& question, std::string_view between) {
    return absoluteName(question.name) + std::string(between) + std::string(toString(question.type));
}

/// RFC 2136 section 2.4: the whole set as it was seen, or that there was none.
std::string prerequisites(const Answer& answer) {
    if (answer.status != AnswerStatus::found) {
        return "prereq nxrrset " + nameAndType(answer.question, " IN ") + '\n';
    }
    std::string lines;
    for (const std::string& rdata : answer.rdata) {
        lines += "prereq yxrrset " + nameAndType(answer.question, " IN ") + ' ' +
                 presentation(answer.question.type, rdata).value_or("") + '\n';
    }
    return lines;
}

std::string deletions(const Answer& answer, const std::vector<ResourceRecord>& replaced) {
    std::string lines;
    for (const std::string& rdata : answer.rdata) {
        const auto old = resourceRecord({answer.question.name, answer.question.type, answer.ttl, rdata});
        if (std::ranges::find(replaced, old) != replaced.end()) {
            lines += "update delete " + nameAndType(answer.question, " IN ") + ' ' +
                     presentation(answer.question.type, rdata).value_or("") + '\n';
        }
    }
    return lines;
}

std::string addition(const ResourceRecord& record) {
    const std::string value = record.type == RecordType::txt ? quotedTxt(record.value) : record.value;
    const std::string ttl = ' ' + std::to_string(record.ttl.count()) + " IN ";
    return "update add " + nameAndType({record.name, record.type}, ttl) + ' ' + value + '\n';
}

/// Behind an alias the records of another name were seen, and broken ones can't be named: no update could be right.
bool isCertain(const Answer* answer) {
    return answer != nullptr && answer->isConclusive() && answer->canonicalName == answer->question.name &&
           std::ranges::all_of(answer->rdata, [answer](const std::string& rdata) {
               return presentation(answer->question.type, rdata).has_value();
           });
}

/// The updates of one zone, prerequisites first.
struct ZoneUpdate {
    DomainName zone;
    std::string prerequisites;
    std::string updates;
    std::set<Question> seen;
};

ZoneUpdate& updateOf(const DomainName& zone, std::vector<ZoneUpdate>& all) {
    const auto found = std::ranges::find(all, zone, &ZoneUpdate::zone);
    return found == all.end() ? all.emplace_back(ZoneUpdate{zone, {}, {}, {}}) : *found;
}

} // namespace

NsupdateScript nsupdateScript(std::span<const ComparedRecord> compared, const Published& published,
                              std::string_view server) {
    NsupdateScript script;
    std::vector<ZoneUpdate> zones;
    for (const auto& [planned, state, replaced] : compared) {
        const Question question{planned.record.name, planned.record.type};
        const Answer* answer = published.find(question.name, question.type);
        if (state == RecordState::present) {
            continue;
        }
        if (!isCertain(answer)) {
            script.leftOut.push_back(planned);
            continue;
        }
        ZoneUpdate& update = updateOf(planned.zone, zones);
        if (update.seen.insert(question).second) {
            update.prerequisites += prerequisites(*answer);
            update.updates += deletions(*answer, replaced);
        }
        update.updates += addition(planned.record);
    }
    for (const ZoneUpdate& update : zones) {
        script.text += (server.empty() ? std::string() : "server " + std::string(server) + '\n') + "zone " +
                       absoluteName(update.zone) + '\n' + update.prerequisites + update.updates + "show\nsend\n";
    }
    return script;
}

} // namespace sealwright
