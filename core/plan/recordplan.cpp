#include "plan/recordplan.h"

#include "dkim/keyrecord.h"
#include "plan/dmarcplan.h"
#include "plan/spfplan.h"
#include "plan/transportplan.h"
#include "spf/lookupcount.h"

#include <algorithm>

namespace sealwright {
namespace {

// Where a record is to be published when the DNS did not tell: below the domain in the domain's own zone, elsewhere in
// the host's.
DomainName guessZone(const Profile& profile, const DomainName& name, const DomainName& owner) {
    if (name.isAtOrBelow(profile.domain)) {
        return profile.domain;
    }
    const auto parent = owner.parent();
    return owner == profile.mailHost && parent && parent->labels().size() > 1 ? *parent : owner;
}

// RFC 7505 section 3: a single record with the root as its host.
bool isNullMx(const Answer& mx) {
    const std::vector<MxHost> hosts = mxHosts(mx);
    return mx.rdata.size() == 1 && hosts.size() == 1 && hosts.front().exchange.isRoot();
}

class Planner {
public:
    Planner(const Profile& profile, const Published& published) : profile_(profile), published_(published) {}

    RecordPlan plan() {
        if (profile_.role == DomainRole::sends) {
            planMx();
            planSpf();
            planHostSpf();
            planKeys();
            planMtaSts();
            planTlsRpt();
            planTlsa();
        } else {
            planSpf();
            planNullMx();
        }
        planDmarc();
        return std::move(plan_);
    }

private:
    // `owner`: the host or domain whose zone it belongs to.
    void add(Purpose purpose, const DomainName& name, RecordType type, std::string value, const DomainName& owner) {
        const DomainName zone = published_.zoneOf(owner).value_or(guessZone(profile_, name, owner));
        plan_.records.push_back({{name, type, profile_.ttl, std::move(value)}, purpose, zone});
    }

    void add(Purpose purpose, const tl::expected<DomainName, Problem<DomainNameError>>& name, std::string value,
             const DomainName& owner) {
        if (name) {
            add(purpose, *name, RecordType::txt, std::move(value), owner);
        } else {
            plan_.notes.push_back({PlanNoteCode::nameTooLong, profile_.domain, name.error().what});
        }
    }

    void planMx() {
        const Answer* mx = published_.find(profile_.domain, RecordType::mx);
        const bool missing = mx != nullptr && mx->isConclusive() && mx->status != AnswerStatus::found;
        if (missing && profile_.mailHost) {
            add(Purpose::mx, profile_.domain, RecordType::mx, "10 " + profile_.mailHost->toString() + ".",
                profile_.domain);
        }
    }

    // RFC 7505; where a real MX is published, mail is wanted there.
    void planNullMx() {
        const Answer* mx = published_.find(profile_.domain, RecordType::mx);
        const bool found = mx != nullptr && mx->status == AnswerStatus::found;
        if (!found || isNullMx(*mx)) {
            add(Purpose::nullMx, profile_.domain, RecordType::mx, "0 .", profile_.domain);
        }
    }

    void planSpf() {
        const spf::Record wanted = wantedSpf(profile_, published_);
        const Answer* answer = published_.find(profile_.domain, RecordType::txt);
        const bool merge = profile_.role == DomainRole::sends; // A name that never sends has no senders to keep.
        const spf::Record record = merge ? mergedSpf(wanted, answer, profile_.domain, plan_.notes) : wanted;
        if (merge && record.terms.size() < 2) { // No sender is known: a record would refuse them all.
            return;
        }
        if (spf::ownLookups(record) > spf::mostLookups) {
            plan_.notes.push_back(
                {PlanNoteCode::spfTooManyLookups, profile_.domain, std::to_string(spf::ownLookups(record))});
        }
        add(Purpose::spf, profile_.domain, RecordType::txt, record.toString(), profile_.domain);
    }

    void planHostSpf() {
        if (!profile_.mailHost) {
            plan_.notes.push_back({PlanNoteCode::mailHostUnknown, profile_.domain, {}});
        } else if (const DomainName& host = *profile_.mailHost; host != profile_.domain) {
            const spf::Record record =
                mergedSpf(wantedHostSpf(), published_.find(host, RecordType::txt), host, plan_.notes);
            add(Purpose::hostSpf, host, RecordType::txt, record.toString(), host);
        }
    }

    void planKeys() {
        if (profile_.keys.empty()) {
            plan_.notes.push_back({PlanNoteCode::noKey, profile_.domain, {}});
        }
        const auto isRsa = [](const SigningKey& key) { return key.type == KeyType::rsa; };
        if (!profile_.keys.empty() && std::ranges::none_of(profile_.keys, isRsa)) {
            plan_.notes.push_back({PlanNoteCode::noRsaKey, profile_.domain, {}});
        }
        for (const SigningKey& key : profile_.keys) {
            dkim::KeyRecord record;
            record.type = key.type;
            record.publicKey = key.publicKey;
            add(Purpose::dkim, dkimKeyName(key.selector, profile_.domain), record.toString(), profile_.domain);
        }
    }

    void planMtaSts() {
        plan_.mtaStsPolicy = plannedPolicy(profile_, published_, plan_.notes);
        const auto host = mtasts::policyHost(profile_.domain);
        if (!plan_.mtaStsPolicy || !host) {
            return; // Of a name that long the record's would not fit either, and that is told of below.
        }
        const mtasts::Record record = plannedMtaSts(profile_, *plan_.mtaStsPolicy, published_, plan_.notes);
        add(Purpose::mtaSts, mtasts::recordName(profile_.domain), record.toString(), profile_.domain);
        if (profile_.mailHost && !servesElsewhere(*host, *profile_.mailHost, published_)) {
            add(Purpose::mtaStsHost, *host, RecordType::cname, profile_.mailHost->toString() + ".", profile_.domain);
        }
    }

    void planTlsRpt() {
        if (!profile_.tlsReportsTo.empty()) {
            const tlsrpt::Record record = plannedTlsRpt(profile_, published_, plan_.notes);
            add(Purpose::tlsRpt, profile_.domain.child(tlsrpt::recordLabels), record.toString(), profile_.domain);
        }
    }

    void planTlsa() {
        if (!profile_.mailHost || profile_.certificateKeys.empty()) {
            return;
        }
        const auto name = dane::tlsaName(*profile_.mailHost);
        if (!name) {
            plan_.notes.push_back({PlanNoteCode::nameTooLong, *profile_.mailHost, name.error().what});
            return;
        }
        for (const dane::Tlsa& record : plannedTlsa(profile_, *name, published_, plan_.notes)) {
            add(Purpose::tlsa, *name, RecordType::tlsa, record.toString(), *profile_.mailHost);
        }
    }

    void planDmarc() {
        const dmarc::Record record = plannedDmarc(profile_, published_, plan_.notes);
        add(Purpose::dmarc, profile_.domain.child("_dmarc"), record.toString(), profile_.domain);
        std::vector<DomainName> asked;
        for (const std::string& uri : record.rua) {
            const auto address = dmarc::mailtoAddress(uri);
            if (!address || !needsConsent(profile_.domain, address->domain(), published_) ||
                std::ranges::find(asked, address->domain()) != asked.end()) {
                continue;
            }
            asked.push_back(address->domain());
            add(Purpose::reportAuthorization, dmarc::reportAuthorizationName(profile_.domain, address->domain()),
                "v=DMARC1;", address->domain());
        }
    }

    const Profile& profile_;
    const Published& published_;
    RecordPlan plan_;
};

} // namespace

std::string_view toString(Purpose purpose) {
    switch (purpose) {
    case Purpose::mx:
        return "mx";
    case Purpose::spf:
        return "spf";
    case Purpose::hostSpf:
        return "host-spf";
    case Purpose::dkim:
        return "dkim";
    case Purpose::dmarc:
        return "dmarc";
    case Purpose::reportAuthorization:
        return "report-authorization";
    case Purpose::nullMx:
        return "null-mx";
    case Purpose::mtaSts:
        return "mta-sts";
    case Purpose::mtaStsHost:
        return "mta-sts-host";
    case Purpose::tlsRpt:
        return "tls-rpt";
    case Purpose::tlsa:
        return "tlsa";
    }
    return {};
}

RecordPlan makePlan(const Profile& profile, const Published& published) {
    RecordPlan plan = Planner(profile, published).plan();
    const auto isTold = [&published](const DomainName& name) {
        const Answer* answer = published.find(name, RecordType::txt);
        return answer != nullptr && answer->isConclusive();
    };
    const auto policyName = profile.domain.child("_dmarc");
    plan.isMerged = isTold(profile.domain) && (!policyName || isTold(*policyName));
    return plan;
}

} // namespace sealwright
