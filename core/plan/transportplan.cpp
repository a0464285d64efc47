#include "plan/transportplan.h"

#include <algorithm>

namespace sealwright {
namespace {

bool isUnanswered(const Answer* answer) {
    return answer != nullptr && !answer->isConclusive() && answer->status != AnswerStatus::notAsked;
}

/// The only record of its kind in the answer, as senders take it (RFC 8461 section 3.1, RFC 8460 section 3).
template <class Record>
std::optional<Record> onlyRecord(const Answer* answer, bool (*isOfKind)(std::string_view)) {
    std::vector<std::string> found = answer == nullptr ? std::vector<std::string>{} : texts(*answer);
    std::erase_if(found, [isOfKind](const std::string& text) { return !isOfKind(text); });
    if (found.size() != 1) {
        return std::nullopt;
    }
    const auto record = Record::parse(found.front());
    return record ? std::optional(*record) : std::nullopt;
}

const Answer* answerAt(const tl::expected<DomainName, Problem<DomainNameError>>& name, RecordType type,
                       const Published& published) {
    return name ? published.find(*name, type) : nullptr;
}

bool isFound(const Answer* answer) {
    return answer != nullptr && answer->status == AnswerStatus::found;
}

/// The zone that a name lives in, where it is certain that it is not signed.
std::optional<DomainName> unsignedZoneOf(const DomainName& name, const Published& published) {
    const auto zone = published.zoneOf(name);
    const Answer* soa = zone ? published.find(*zone, RecordType::soa) : nullptr;
    return isFound(soa) && soa->security == DnsSecurity::insecure ? zone : std::nullopt;
}

// RFC 7672 section 2.2: both the MX and the TLSA records must be signed.
void noteUnsignedZones(const Profile& profile, const Published& published, std::vector<PlanNote>& notes) {
    const auto ofHost = unsignedZoneOf(*profile.mailHost, published);
    const auto ofDomain = unsignedZoneOf(profile.domain, published);
    for (const auto& zone : {ofHost, ofDomain == ofHost ? std::nullopt : ofDomain}) {
        if (zone) {
            notes.push_back({PlanNoteCode::tlsaNotSigned, *zone, {}});
        }
    }
}

} // namespace

std::optional<mtasts::Policy> plannedPolicy(const Profile& profile, const Published& published,
                                            std::vector<PlanNote>& notes) {
    if (!profile.mtaSts) {
        return std::nullopt;
    }
    mtasts::Policy policy{profile.mtaSts->mode, {}, profile.mtaSts->maxAge};
    const Answer* mx = published.find(profile.domain, RecordType::mx);
    for (const MxHost& host : mx == nullptr ? std::vector<MxHost>{} : mxHosts(*mx)) {
        if (!host.exchange.isRoot()) {
            policy.mx.push_back({host.exchange});
        }
    }
    if (policy.mx.empty() && profile.mailHost) {
        policy.mx.push_back({*profile.mailHost});
        if (mx == nullptr || !mx->isConclusive()) { // Off line too: with a wrong host in it, mail would be refused.
            notes.push_back({PlanNoteCode::mtaStsMxNotRead, profile.domain, {}});
        }
    }
    // By name: to change a preference is no reason for a new policy.
    std::ranges::sort(policy.mx, {}, &mtasts::MxPattern::domain);
    policy.mx.erase(std::unique(policy.mx.begin(), policy.mx.end()), policy.mx.end());
    return policy.mx.empty() ? std::nullopt : std::optional(std::move(policy));
}

mtasts::Record plannedMtaSts(const Profile& profile, const mtasts::Policy& policy, const Published& published,
                             std::vector<PlanNote>& notes) {
    const Answer* answer = answerAt(mtasts::recordName(profile.domain), RecordType::txt, published);
    const auto present = onlyRecord<mtasts::Record>(answer, mtasts::isMtaSts);
    mtasts::Record record = present.value_or(mtasts::Record{});
    record.id = policyId(policy);
    if (record != present) { // Once it is published, the policy is expected to be served, and checks look.
        const auto host = mtasts::policyHost(profile.domain);
        notes.push_back({PlanNoteCode::mtaStsNeedsWebServer, profile.domain, host ? host->toString() : ""});
    }
    const bool isNew = answer != nullptr && answer->isConclusive() && !present;
    if (isNew && policy.mode == mtasts::Mode::enforce) { // RFC 8461 section 5: what testing is for
        notes.push_back({PlanNoteCode::mtaStsUntested, profile.domain, {}});
    }
    return record;
}

bool servesElsewhere(const DomainName& policyHost, const DomainName& mailHost, const Published& published) {
    if (const Answer* alias = published.find(policyHost, RecordType::cname); isFound(alias)) {
        return names(*alias) != std::vector{mailHost};
    }
    return isFound(published.find(policyHost, RecordType::a)) || isFound(published.find(policyHost, RecordType::aaaa));
}

tlsrpt::Record plannedTlsRpt(const Profile& profile, const Published& published, std::vector<PlanNote>& notes) {
    const Answer* answer = answerAt(profile.domain.child(tlsrpt::recordLabels), RecordType::txt, published);
    if (isUnanswered(answer)) {
        notes.push_back({PlanNoteCode::tlsRptNotRead, profile.domain, {}});
    }
    tlsrpt::Record record = onlyRecord<tlsrpt::Record>(answer, tlsrpt::isTlsRpt).value_or(tlsrpt::Record{});
    for (const EmailAddress& address : profile.tlsReportsTo) {
        const auto goesTo = [&](const std::string& uri) { return dmarc::mailtoAddress(uri) == address; };
        if (std::ranges::none_of(record.rua, goesTo)) {
            record.rua.push_back(dmarc::mailtoUri(address));
        }
    }
    return record;
}

std::vector<dane::Tlsa> plannedTlsa(const Profile& profile, const DomainName& name, const Published& published,
                                    std::vector<PlanNote>& notes) {
    std::vector<dane::Tlsa> records;
    for (const std::string& digest : profile.certificateKeys) {
        const auto record = dane::forPublicKey(digest);
        if (record && std::ranges::find(records, *record) == records.end()) {
            records.push_back(*record);
        }
    }
    const Answer* answer = published.find(name, RecordType::tlsa);
    const std::vector<std::string> seen = answer == nullptr ? std::vector<std::string>{} : presentation(*answer);
    const auto isPublished = [&](const dane::Tlsa& record) {
        return std::ranges::find(seen, record.toString()) != seen.end();
    };
    if (!std::ranges::all_of(records, isPublished)) {
        notes.push_back({PlanNoteCode::tlsaKeepKey, *profile.mailHost, {}});
    }
    noteUnsignedZones(profile, published, notes);
    return records;
}

} // namespace sealwright
