#include "spf/lookupcount.h"

#include "spf/selectrecord.h"

#include <algorithm>

namespace sealwright::spf {
namespace {

// Far enough over the limit to tell people how bad it is, and a bound for records that include each other.
constexpr int enoughTerms = 5 * mostLookups;

bool isAll(const Term& term) {
    const auto* mechanism = std::get_if<Mechanism>(&term);
    return mechanism != nullptr && mechanism->kind == MechanismKind::all;
}

// Section 5.1: what stands behind all is never looked at.
std::span<const Term> evaluated(const Record& record) {
    return {record.terms.begin(), std::ranges::find_if(record.terms, isAll)};
}

bool counts(const Modifier& modifier, const Record& record) {
    return modifier.name == "redirect" &&
           std::ranges::none_of(record.terms, isAll); // Section 6.1: it is ignored where there is an all.
}

// The records this one leads to; a name with macros can't be known.
void follow(const Record& record, std::vector<Question>& next) {
    for (const Term& term : evaluated(record)) {
        std::string_view target;
        if (const auto* mechanism = std::get_if<Mechanism>(&term)) {
            target = mechanism->kind == MechanismKind::include ? std::string_view(mechanism->domainSpec) : "";
        } else if (const auto& modifier = std::get<Modifier>(term); counts(modifier, record)) {
            target = modifier.value;
        }
        if (const auto name = DomainName::parseDns(target); name && target.find('%') == std::string_view::npos) {
            next.push_back({*name, RecordType::txt});
        }
    }
}

} // namespace

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

int ownLookups(const Record& record) {
    return static_cast<int>(std::ranges::count_if(evaluated(record), [&record](const Term& term) {
        const auto* mechanism = std::get_if<Mechanism>(&term);
        return mechanism != nullptr ? costsLookup(mechanism->kind) : counts(std::get<Modifier>(term), record);
    }));
}

LookupCount countLookups(const Record& record, Resolver& resolver, const std::stop_token& stop) {
    LookupCount count{ownLookups(record), {}, {}};
    std::vector<Question> level;
    follow(record, level);
    // A chain that is deeper than the limit is over it.
    for (int depth = 0; depth <= mostLookups && count.terms <= enoughTerms && !stop.stop_requested(); ++depth) {
        if (level.empty()) {
            break;
        }
        std::vector<Question> next;
        for (Answer& answer : resolver.lookupAll(level, stop)) {
            if (!answer.isConclusive()) {
                count.unanswered.push_back(std::move(answer));
            } else if (const auto included = selectRecord(answer)) {
                count.terms += ownLookups(*included);
                follow(*included, next);
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
