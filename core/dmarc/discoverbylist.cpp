#include "dmarc/discover.h"

#include "dmarc/policy.h"
#include "dmarc/publicsuffix.h"

#include <algorithm>

namespace sealwright::dmarc {
namespace {

// RFC 7489 knows no np=, so an invalid one is no fault of the record.
Record asOfOld(Record record) {
    record.np.reset();
    std::erase_if(record.ignored, [](const Tag& tag) { return tag.name == "np"; });
    return record;
}

} // namespace

Discovery discoverByList(const DomainName& domain, Resolver& resolver, const std::stop_token& stop) {
    const DomainName organization = registrableDomain(domain);
    Discovery found{domain, organization, std::nullopt, std::nullopt, {}, Policy::none, {}, std::nullopt, {}, {}};
    std::vector<DomainName> names{domain};
    if (organization != domain) {
        names.push_back(organization);
    }
    std::vector<Question> questions;
    questions.reserve(names.size());
    for (const DomainName& name : names) {
        questions.push_back({name.child("_dmarc").value_or(name), RecordType::txt});
    }
    const std::vector<Answer> answers = resolver.lookupAll(questions, stop);
    for (std::size_t i = 0; i < names.size(); ++i) {
        found.queries.push_back(questions[i].name);
        if (!answers[i].isConclusive()) {
            found.unanswered = answers[i];
            return found;
        }
        const std::vector<std::string> records = dmarcTexts(answers[i]);
        if (records.empty()) {
            continue;
        }
        if (records.size() > 1) { // Step 5: then DMARC does not apply, whatever stands above.
            found.duplicates.push_back(names[i]);
            return found;
        }
        const auto record = Record::parse(records.front());
        const auto policy = record ? policyOf(asOfOld(*record), i == 0 ? Scope::own : Scope::below) : std::nullopt;
        if (policy) {
            found.policyDomain = names[i];
            found.record = *record;
            found.text = records.front();
            found.policy = *policy;
        }
        return found;
    }
    return found;
}

} // namespace sealwright::dmarc
