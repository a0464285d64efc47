#include "plan/dmarcplan.h"

#include "dmarc/treewalk.h"

#include <algorithm>

namespace sealwright {
namespace {

std::string tagNames(const std::vector<Tag>& tags) {
    std::string names;
    for (const Tag& tag : tags) {
        names += (names.empty() ? "" : ", ") + tag.name;
    }
    return names;
}

void setPolicy(dmarc::Record& record, dmarc::Policy policy) {
    if (record.sp == record.p) { // Subdomains went along, and they do so again.
        record.sp.reset();
    }
    record.p = policy;
    if (policy != dmarc::Policy::none) { // Spelled out, old and new readers do the same.
        record.sp = record.sp.value_or(policy);
        record.np = record.np.value_or(dmarc::Policy::reject);
    }
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

dmarc::Record plannedDmarc(const Profile& profile, const Published& published, std::vector<PlanNote>& notes) {
    const auto name = profile.domain.child("_dmarc");
    const Answer* answer = name ? published.find(*name, RecordType::txt) : nullptr;
    const auto present = answer == nullptr ? std::nullopt : dmarc::onlyRecord(*answer);
    dmarc::Record record = present.value_or(dmarc::Record{});
    record.ignored.clear();

    if (profile.role == DomainRole::neverSends) {
        record.p = dmarc::Policy::reject;
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
