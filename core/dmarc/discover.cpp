#include "dmarc/discover.h"

#include "dmarc/policy.h"
#include "dmarc/treewalk.h"

#include <algorithm>

namespace sealwright::dmarc {
namespace {

/// The walk as far as it goes: it ends behind a record that says psd=y or psd=n (section 4.10, steps 2 and 6).
struct Walk {
    std::vector<DomainName> names;
    std::vector<Answer> answers;
};

bool endsWalk(const Answer& answer) {
    const auto record = onlyRecord(answer);
    return record && (record->psd == PublicSuffix::yes || record->psd == PublicSuffix::no);
}

void addMisspelt(const DomainName& domain, const Answer& answer, std::vector<UnusableRecord>& unusable) {
    for (std::string& text : texts(answer)) {
        if (resemblesDmarc(text)) {
            unusable.push_back({domain, std::move(text)});
        }
    }
}

// Section 4.10.1, for a domain without a record of its own: where its Organizational Domain's was found, or its public
// suffix's.
std::optional<std::size_t> inheritedFrom(const Walk& walk, const DomainName& organizationalDomain) {
    for (std::size_t i = 1; i < walk.names.size(); ++i) {
        const auto record = onlyRecord(walk.answers[i]);
        if (record && (walk.names[i] == organizationalDomain || record->psd == PublicSuffix::yes)) {
            return i;
        }
    }
    return std::nullopt;
}

Walk askFor(const DomainName& domain, Resolver& resolver, const std::stop_token& stop, Answer& own) {
    Walk walk{treeWalkNames(domain), {}};
    std::vector<Question> questions{own.question};
    for (const DomainName& name : walk.names) {
        // A name without room for the label can have no record: its own TXT records are none of DMARC's.
        questions.push_back({name.child("_dmarc").value_or(name), RecordType::txt});
    }
    walk.answers = resolver.lookupAll(questions, stop);
    own = std::move(walk.answers.front());
    walk.answers.erase(walk.answers.begin());
    const auto end = std::ranges::find_if(walk.answers, endsWalk);
    if (end != walk.answers.end()) {
        walk.answers.erase(end + 1, walk.answers.end());
        walk.names.resize(walk.answers.size(), DomainName::root());
    }
    return walk;
}

} // namespace

Discovery discover(const DomainName& domain, Resolver& resolver, const std::stop_token& stop) {
    Answer own({domain, RecordType::txt}); // Tells whether the domain exists, which is what np is about (section 4.8).
    const Walk walk = askFor(domain, resolver, stop, own);
    Discovery found{domain, domain, std::nullopt, std::nullopt, {}, Policy::none, {}, std::nullopt, {}, {}};
    for (std::size_t i = 0; i < walk.names.size(); ++i) {
        const Answer& answer = walk.answers[i];
        found.queries.push_back(answer.question.name);
        if (!answer.isConclusive() && !found.unanswered) {
            found.unanswered = answer;
        }
        if (dmarcTexts(answer).size() > 1) {
            found.duplicates.push_back(walk.names[i]);
        }
        addMisspelt(walk.names[i], answer, found.unusable);
    }
    const bool hasOwn = onlyRecord(walk.answers.front()).has_value();
    if (found.unanswered && !hasOwn) {
        return found;
    }
    if (!found.unanswered) {
        found.organizationalDomain = organizationalDomain(walk.names, walk.answers);
    }
    const auto source = hasOwn ? std::optional<std::size_t>(0) : inheritedFrom(walk, found.organizationalDomain);
    if (!source) {
        return found;
    }
    if (!hasOwn && !own.isConclusive()) {
        found.unanswered = own;
        return found;
    }
    const auto record = onlyRecord(walk.answers[*source]);
    std::string text = dmarcTexts(walk.answers[*source]).front();
    const bool exists = own.status != AnswerStatus::nxDomain;
    if (const auto policy = policyOf(*record, hasOwn ? Scope::own : exists ? Scope::below : Scope::belowNonexistent)) {
        found.policyDomain = walk.names[*source];
        found.record = record;
        found.text = std::move(text);
        found.policy = *policy;
    } else {
        found.unusable.push_back({walk.names[*source], std::move(text)});
    }
    return found;
}

} // namespace sealwright::dmarc
