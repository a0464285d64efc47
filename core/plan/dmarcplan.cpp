#include "plan/dmarcplan.h"

#include "dmarc/treewalk.h"

#include <algorithm>

namespace sealwright {
namespace {

void drop(std::vector<Tag>& tags, std::string_view name) {
    std::erase_if(tags, [name](const Tag& tag) { return tag.name == name; });
}

// What the user asks for, without the tags that would undo it: t=y, pct= and weaker policies for subdomains.
void setPolicy(dmarc::Record& record, dmarc::Policy policy) {
    record.p = policy;
    record.t.reset();
    drop(record.others, "pct");
    if (policy == dmarc::Policy::none) {
        record.sp.reset();
        record.np.reset();
    } else { // Spelled out, old and new readers do the same.
        record.sp = std::max(record.sp.value_or(policy), policy);
        record.np = dmarc::Policy::reject;
    }
}

void addMissing(std::vector<std::string>& uris, const std::vector<std::string>& more) {
    for (const std::string& uri : more) {
        if (std::ranges::find(uris, uri) == uris.end()) {
            uris.push_back(uri);
        }
    }
}

// A record whose version is misspelt counts for nobody; what it says is still what its owner meant.
std::optional<dmarc::Record> readable(const std::string& text) {
    const auto tags = text.find(';');
    const bool misspelt = !dmarc::isDmarc(text) && dmarc::resemblesDmarc(text) && tags != std::string::npos;
    const auto record = dmarc::Record::parse(misspelt ? "v=DMARC1" + text.substr(tags) : text);
    return record ? std::optional(*record) : std::nullopt;
}

// Records that no receiver follows, because there are several (RFC 9989 section 4.10) or their version is misspelt.
// Their policy must not begin to count unasked: nobody has seen yet what it does to the domain's mail.
void takeOverAddresses(dmarc::Record& record, std::vector<std::string> found, const Profile& profile,
                       std::vector<PlanNote>& notes) {
    std::ranges::sort(found); // The DNS gives them in any order.
    std::optional<dmarc::Policy> meant;
    for (const std::string& text : found) {
        if (const auto idle = readable(text)) {
            meant = std::max(meant, idle->p); // none given is the weakest
            addMissing(record.rua, idle->rua);
            addMissing(record.ruf, idle->ruf);
        }
    }
    if (meant.value_or(dmarc::Policy::none) != dmarc::Policy::none && profile.role == DomainRole::sends) {
        notes.push_back({PlanNoteCode::dmarcNotInForce, profile.domain, std::string(dmarc::toString(*meant))});
    }
}

// What applies to the domain today: its own record, or else what the Organizational Domain's says of it.
dmarc::Record presentRecord(const Profile& profile, const Published& published, const Answer* answer,
                            std::vector<PlanNote>& notes) {
    if (const auto own = answer == nullptr ? std::nullopt : dmarc::onlyRecord(*answer)) {
        return *own;
    }
    dmarc::Record record;
    if (const auto inherited = inheritedDmarc(profile.domain, published)) {
        record.p = inherited->record.sp ? inherited->record.sp : inherited->record.p;
        record.rua = inherited->record.rua;
        notes.push_back({PlanNoteCode::dmarcInherited, profile.domain, inherited->domain.toString()});
    }
    if (answer != nullptr) {
        takeOverAddresses(record, texts(*answer), profile, notes);
    }
    return record;
}

bool asksFor(const dmarc::Record& record, const EmailAddress& address) {
    return std::ranges::any_of(record.rua,
                               [&](const std::string& uri) { return dmarc::mailtoAddress(uri) == address; });
}

} // namespace

bool needsConsent(const DomainName& domain, const DomainName& reportHost, const Published& published) {
    // The Organizational Domains decide. Without a list of public suffixes: one above the other is one organization,
    // and so are two names of one zone. A record too many does no harm, one too few loses the reports.
    if (reportHost.isAtOrBelow(domain) || domain.isAtOrBelow(reportHost)) {
        return false;
    }
    const auto zone = published.zoneOf(reportHost);
    return !zone || zone != published.zoneOf(domain);
}

std::optional<InheritedDmarc> inheritedDmarc(const DomainName& domain, const Published& published) {
    const std::vector<DomainName> walk = dmarc::treeWalkNames(domain);
    std::vector<Answer> answers;
    for (const DomainName& name : walk) {
        const auto at = name.child("_dmarc");
        const Answer* answer = at ? published.find(*at, RecordType::txt) : nullptr;
        answers.push_back(answer == nullptr ? Answer({at.value_or(name), RecordType::txt}) : *answer);
    }
    const DomainName organization = dmarc::organizationalDomain(walk, answers);
    const auto at = static_cast<std::size_t>(std::ranges::find(walk, organization) - walk.begin());
    const auto record = dmarc::onlyRecord(answers[at]);
    return record && organization != domain ? std::optional(InheritedDmarc{organization, *record}) : std::nullopt;
}

dmarc::Record plannedDmarc(const Profile& profile, const Published& published, std::vector<PlanNote>& notes) {
    const auto name = profile.domain.child("_dmarc");
    const Answer* answer = name ? published.find(*name, RecordType::txt) : nullptr;
    if (answer != nullptr && !answer->isConclusive() && answer->status != AnswerStatus::notAsked) {
        notes.push_back({PlanNoteCode::dmarcNotRead, profile.domain, {}});
    }
    dmarc::Record record = presentRecord(profile, published, answer, notes);
    record.ignored.clear();

    if (profile.role == DomainRole::neverSends) {
        setPolicy(record, dmarc::Policy::reject);
        record.sp.reset(); // p counts for what is below as well
        record.np.reset();
    } else if (profile.policy) {
        setPolicy(record, *profile.policy);
    } else if (record.p) {
        notes.push_back({PlanNoteCode::dmarcKept, profile.domain, std::string(dmarc::toString(*record.p))});
    } else {
        record.p = dmarc::Policy::none;
    }
    for (const EmailAddress& address : profile.reportsTo) {
        if (!asksFor(record, address)) {
            record.rua.push_back(dmarc::mailtoUri(address));
        }
    }
    if (record.rua.empty() && profile.role == DomainRole::sends) {
        record.rua.push_back(dmarc::mailtoUri(defaultReportAddress(profile.domain)));
    }
    if (!record.others.empty()) {
        notes.push_back({PlanNoteCode::dmarcTagsObsolete, profile.domain, tagNames(record.others)});
    }
    return record;
}

} // namespace sealwright
