#pragma once

#include "dns/resourcerecord.h"
#include "mtasts/policy.h"
#include "plan/published.h"

namespace sealwright {

/// Why a record is needed.
enum class Purpose {
    mx,
    spf,
    hostSpf,
    dkim,
    dmarc,
    reportAuthorization,
    nullMx,
    mtaSts,
    mtaStsHost, ///< Where the host is found that serves the policy.
    tlsRpt,
    tlsa,
};

[[nodiscard]] std::string_view toString(Purpose purpose); ///< As JSON names it.

struct PlannedRecord {
    ResourceRecord record;
    Purpose purpose;
    DomainName zone; ///< Where it is to be published; the best guess where the DNS did not tell.

    bool operator==(const PlannedRecord&) const = default;
};

/// What the user should know of how the plan came about.
enum class PlanNoteCode {
    spfMerged,          ///< The published SPF record was kept and added to. argument: what was added
    spfRecordsJoined,   ///< There were several; they became one.
    spfTermDropped,     ///< A term of the published record means nothing and was left out. argument: the term
    spfPassAllReplaced, ///< The published record let everybody send; argument: what stood there
    spfNotRead,         ///< The DNS did not answer, so an existing record could not be merged.
    spfTooManyLookups,  ///< More than 10 terms that cost a look-up (RFC 7208 section 4.6.4).
    dmarcNotRead,       ///< The DNS did not answer, so an existing record could not be kept.
    dmarcInherited,     ///< The domain has no record of its own; argument: whose applies, and was taken over
    dmarcKept,          ///< The published policy was kept.
    dmarcNotInForce,    ///< Several or misspelt records: their policy (argument) counts for nobody, and was not taken
                        ///< over.
    dmarcTagsObsolete,  ///< argument: tags
    noKey,              ///< The domain sends and has no DKIM key yet.
    noRsaKey,           ///< Only Ed25519, which many receivers can't verify yet.
    nameTooLong,        ///< A record's name would be over the DNS limit. argument: the name
    mailHostUnknown,
    mtaStsNeedsWebServer, ///< argument: the host that is to serve the policy
    mtaStsUntested,       ///< Mode enforce, and nothing is published yet.
    mtaStsMxNotRead,      ///< The DNS did not tell the MX hosts, so the policy names the mail host only.
    tlsRptNotRead,        ///< The DNS did not answer, so an existing record could not be kept.
    tlsaKeepKey,          ///< Renewed certificates must keep their key, or the record follows. subject: the host
    tlsaNotSigned,        ///< subject: a zone without DNSSEC, in which DANE does nothing
};

struct PlanNote {
    PlanNoteCode code;
    DomainName subject;
    std::string argument;

    bool operator==(const PlanNote&) const = default;
};

struct RecordPlan {
    std::vector<PlannedRecord> records;
    std::vector<PlanNote> notes;
    std::optional<mtasts::Policy> mtaStsPolicy; ///< What the web server is to serve.
    bool isMerged = true; ///< False where the DNS did not tell of SPF or DMARC records that may be there.
};

/// The records this profile needs, worked out from it and from what is published (which is merged, never lost).
[[nodiscard]] RecordPlan makePlan(const Profile& profile, const Published& published);

} // namespace sealwright
