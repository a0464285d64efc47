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

// The name as it stands; nothing where macros make it.
std::optional<DomainName> plainName(std::string_view domainSpec) {
    const auto name = DomainName::parseDns(domainSpec);
    return name && domainSpec.find('%') == std::string_view::npos ? std::optional(*name) : std::nullopt;
}

std::string_view domainSpecOf(const Term& term) {
    const auto* mechanism = std::get_if<Mechanism>(&term);
    return mechanism != nullptr ? std::string_view(mechanism->domainSpec) : std::get<Modifier>(term).value;
}

bool leadsOn(const Term& term) {
    const auto* mechanism = std::get_if<Mechanism>(&term);
    return mechanism == nullptr || mechanism->kind == MechanismKind::include;
}

bool costs(const Term& term) {
    const auto* mechanism = std::get_if<Mechanism>(&term);
    return mechanism == nullptr || costsLookup(mechanism->kind);
}

// Sections 5.3 to 5.7; without a name of its own a mechanism is about the record's domain.
std::vector<Question> askedBy(const Term& term, const DomainName& domain) {
    const auto* mechanism = std::get_if<Mechanism>(&term);
    if (mechanism == nullptr) {
        return {};
    }
    const auto name = mechanism->domainSpec.empty() ? domain : plainName(mechanism->domainSpec);
    if (!name) {
        return {};
    }
    switch (mechanism->kind) {
    case MechanismKind::a:
        return {{*name, RecordType::a}, {*name, RecordType::aaaa}};
    case MechanismKind::mx:
        return {{*name, RecordType::mx}};
    case MechanismKind::exists:
        return {{*name, RecordType::a}};
    case MechanismKind::all:
    case MechanismKind::include:
    case MechanismKind::ptr:
    case MechanismKind::ip4:
    case MechanismKind::ip6:
        break;
    }
    return {};
}

/// The terms of all records that a record leads to, as they are found: level by level.
class TermTree {
public:
    struct Node {
        CountedTerm counted;
        std::optional<DomainName> target; ///< The record it leads to, as far as that is known and new.
        std::optional<std::size_t> parent;
        std::vector<std::size_t> children;
    };

    explicit TermTree(DomainName domain) : domain_(std::move(domain)) {}

    /// Adds the terms of a record; returns the nodes that lead on.
    std::vector<std::size_t> add(const Record& record, std::optional<std::size_t> parent) {
        std::vector<std::size_t> leading;
        for (const Term& term : record.terms) {
            if (!isLookedAt(term, record)) {
                continue;
            }
            const std::size_t index = nodes_.size();
            nodes_.push_back(nodeOf(term, parent));
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
    static bool isLookedAt(const Term& term, const Record& record) {
        const auto* modifier = std::get_if<Modifier>(&term);
        return modifier == nullptr || counts(*modifier, record);
    }

    Node nodeOf(const Term& term, std::optional<std::size_t> parent) const {
        const DomainName& domain = parent ? *nodes_[*parent].target : domain_;
        Node node{{parent ? nodes_[*parent].counted.depth + 1 : 0, toString(term), costs(term) ? 1 : 0, false, false,
                   std::nullopt, 0, askedBy(term, domain)},
                  leadsOn(term) ? plainName(domainSpecOf(term)) : std::nullopt,
                  parent,
                  {}};
        node.counted.isLoop = node.target && isAbove(*node.target, parent);
        node.counted.isAtLeast = leadsOn(term) && !node.target;
        if (node.counted.isLoop) {
            node.target.reset();
        }
        return node;
    }

    // Whether it is the record that is being added to, or one that led there.
    [[nodiscard]] bool isAbove(const DomainName& target, std::optional<std::size_t> node) const {
        for (; node; node = nodes_[*node].parent) {
            if (nodes_[*node].target == target) {
                return true;
            }
        }
        return target == domain_;
    }

    CountedTerm append(std::size_t index, std::vector<CountedTerm>& all) {
        const std::size_t place = all.size();
        all.push_back(nodes_[index].counted);
        for (const std::size_t child : nodes_[index].children) {
            const CountedTerm below = append(child, all);
            all[place].lookups += below.lookups;
            all[place].isAtLeast = all[place].isAtLeast || below.isAtLeast;
        }
        return all[place];
    }

    DomainName domain_;
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

LookupCount countLookups(const DomainName& domain, const Record& record, Resolver& resolver,
                         const std::stop_token& stop) {
    LookupCount count{ownLookups(record), {}, {}, {}};
    TermTree tree(domain);
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
                tree.at(level[i]).counted.isAtLeast = true;
                count.unanswered.push_back(std::move(answers[i]));
            } else if (const auto included = selectRecord(answers[i])) {
                count.terms += ownLookups(*included);
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
    if (std::ranges::any_of(count.all, &CountedTerm::isLoop)) {
        count.terms = std::max(count.terms, mostLookups + 1); // Who follows it comes to no end.
    }
    return count;
}

void lookForVoid(LookupCount& count, Resolver& resolver, const std::stop_token& stop) {
    std::vector<Question> questions;
    std::vector<CountedTerm*> terms;
    for (CountedTerm& term : count.all) {
        if (!term.about.empty() && terms.size() < enoughTerms) {
            questions.insert(questions.end(), term.about.begin(), term.about.end());
            terms.push_back(&term);
        }
    }
    const std::vector<Answer> answers = resolver.lookupAll(questions, stop);
    auto answer = answers.begin();
    for (CountedTerm* term : terms) {
        const std::span<const Answer> own(answer, term->about.size());
        answer += static_cast<std::ptrdiff_t>(own.size());
        if (std::ranges::any_of(own, [](const Answer& each) { return each.status == AnswerStatus::found; })) {
            term->isVoid = false;
        } else if (std::ranges::all_of(own, &Answer::isConclusive)) {
            term->isVoid = true;
        }
        term->mxHosts = own.front().question.type == RecordType::mx ? mxHosts(own.front()).size() : 0;
    }
}

} // namespace sealwright::spf
