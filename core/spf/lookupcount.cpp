#include "spf/lookupcount.h"

#include <algorithm>

namespace sealwright::spf {
namespace {

// Far enough over the limit to tell people how bad it is, and a bound for records that include each other.
constexpr int enoughTerms = 5 * mostLookups;

bool costsLookup(MechanismKind kind) {
    switch (kind) {
    case MechanismKind::include:
    case MechanismKind::a:
    case MechanismKind::mx:
    case MechanismKind::ptr:
    case MechanismKind::exists:
        return true;
    case MechanismKind::all:
    case MechanismKind::ip4:
    case MechanismKind::ip6:
        return false;
    }
    return false;
}

bool hasAll(const Record& record) {
    return std::ranges::any_of(record.terms, [](const Term& term) {
        const auto* mechanism = std::get_if<Mechanism>(&term);
        return mechanism != nullptr && mechanism->kind == MechanismKind::all;
    });
}

// Adds what this one record costs, and the records it leads to.
void countTerms(const Record& record, LookupCount& count, std::vector<Question>& next) {
    const auto follow = [&next](const std::string& domainSpec) {
        if (const auto name = DomainName::parseDns(domainSpec); name && domainSpec.find('%') == std::string::npos) {
            next.push_back({*name, RecordType::txt});
        }
    };
    for (const Term& term : record.terms) {
        if (const auto* mechanism = std::get_if<Mechanism>(&term)) {
            count.terms += costsLookup(mechanism->kind) ? 1 : 0;
            if (mechanism->kind == MechanismKind::include) {
                follow(mechanism->domainSpec);
            }
        } else if (const auto& modifier = std::get<Modifier>(term); modifier.name == "redirect" && !hasAll(record)) {
            ++count.terms; // Section 6.1: redirect= is ignored where there is an all.
            follow(modifier.value);
        }
    }
}

std::optional<Record> onlyRecord(const Answer& answer) {
    std::vector<std::string> found = texts(answer);
    std::erase_if(found, [](const std::string& text) { return !isSpf(text); });
    if (found.size() != 1) {
        return std::nullopt;
    }
    auto record = Record::parse(found.front());
    return record ? std::optional(std::move(*record)) : std::nullopt;
}

} // namespace

LookupCount countLookups(const Record& record, Resolver& resolver, std::stop_token stop) {
    LookupCount count;
    std::vector<Question> level;
    countTerms(record, count, level);
    while (!level.empty() && count.terms <= enoughTerms && !stop.stop_requested()) {
        std::vector<Question> next;
        for (Answer& answer : resolver.lookupAll(level, stop)) {
            if (!answer.isConclusive()) {
                count.unanswered.push_back(std::move(answer));
            } else if (const auto included = onlyRecord(answer)) {
                countTerms(*included, count, next);
            } else {
                count.unusable.push_back(answer.question.name);
            }
        }
        next.resize(std::min<std::size_t>(next.size(), enoughTerms), {DomainName::root(), RecordType::txt});
        level = std::move(next);
    }
    return count;
}

} // namespace sealwright::spf
