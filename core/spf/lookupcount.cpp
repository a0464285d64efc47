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

/// The terms of all records that a record leads to, as they are found: level by level.
class TermTree {
public:
    struct Node {
        CountedTerm counted;
        std::optional<DomainName> target; ///< The record it leads to; a name with macros can't be known.
        std::vector<std::size_t> children;
    };

    /// Adds the terms of a record; returns the nodes that lead on.
    std::vector<std::size_t> add(const Record& record, std::optional<std::size_t> parent) {
        std::vector<std::size_t> leading;
        for (const Term& term : record.terms) {
            if (!isLookedAt(term, record)) {
                continue;
            }
            const int depth = parent ? nodes_[*parent].counted.depth + 1 : 0;
            const std::size_t index = nodes_.size();
            nodes_.push_back({{depth, toString(term), costs(term) ? 1 : 0, false}, targetOf(term), {}});
            (parent ? nodes_[*parent].children : roots_).push_back(index);
            if (nodes_.back().target) {
                leading.push_back(index);
            }
            if (isAll(term)) {
                break; // Section 5.1: what stands behind all is never looked at.
            }
        }
        return leading;
    }

    [[nodiscard]] Node& at(std::size_t index) { return nodes_[index]; }

    /// In the order of evaluation, with what stands below each term summed up.
    [[nodiscard]] std::vector<CountedTerm> inOrder() {
        std::vector<CountedTerm> all;
        for (const std::size_t root : roots_) {
            append(root, all);
        }
        return all;
    }

private:
    static bool costs(const Term& term) {
        const auto* mechanism = std::get_if<Mechanism>(&term);
        return mechanism == nullptr || costsLookup(mechanism->kind);
    }

    static bool isLookedAt(const Term& term, const Record& record) {
        const auto* modifier = std::get_if<Modifier>(&term);
        return modifier == nullptr || counts(*modifier, record);
    }

    static std::optional<DomainName> targetOf(const Term& term) {
        std::string_view target;
        if (const auto* mechanism = std::get_if<Mechanism>(&term)) {
            target = mechanism->kind == MechanismKind::include ? std::string_view(mechanism->domainSpec) : "";
        } else {
            target = std::get<Modifier>(term).value;
        }
        const auto name = DomainName::parseDns(target);
        return name && target.find('%') == std::string_view::npos ? std::optional(*name) : std::nullopt;
    }

    int append(std::size_t index, std::vector<CountedTerm>& all) {
        const std::size_t place = all.size();
        all.push_back(nodes_[index].counted);
        for (const std::size_t child : nodes_[index].children) {
            all[place].lookups += append(child, all);
        }
        return all[place].lookups;
    }

    std::vector<Node> nodes_;
    std::vector<std::size_t> roots_;
};

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
    LookupCount count{ownLookups(record), {}, {}, {}};
    TermTree tree;
    std::vector<std::size_t> level = tree.add(record, std::nullopt);
    // A chain that is deeper than the limit is over it.
    for (int depth = 0; depth <= mostLookups && count.terms <= enoughTerms && !stop.stop_requested(); ++depth) {
        if (level.empty()) {
            break;
        }
        std::vector<Question> questions;
        questions.reserve(level.size());
        for (const std::size_t index : level) {
            questions.push_back({*tree.at(index).target, RecordType::txt});
        }
        std::vector<std::size_t> next;
        std::vector<Answer> answers = resolver.lookupAll(questions, stop);
        for (std::size_t i = 0; i < answers.size(); ++i) {
            if (!answers[i].isConclusive()) {
                count.unanswered.push_back(std::move(answers[i]));
            } else if (const auto included = selectRecord(answers[i])) {
                count.terms += ownLookups(*included);
                tree.at(level[i]).counted.followed = true;
                const auto leading = tree.add(*included, level[i]);
                next.insert(next.end(), leading.begin(), leading.end());
            } else {
                count.unusable.push_back(answers[i].question.name);
            }
        }
        next.resize(std::min<std::size_t>(next.size(), enoughTerms));
        level = std::move(next);
    }
    count.all = tree.inOrder();
    return count;
}

} // namespace sealwright::spf
