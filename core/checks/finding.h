#pragma once

#include "dns/resourcerecord.h"

namespace sealwright {

enum class Area { mx, spf, dkim, dmarc, reports };

[[nodiscard]] std::string_view toString(Area area);
[[nodiscard]] std::optional<Area> areaFromString(std::string_view text);
inline constexpr Area allAreas[] = {Area::mx, Area::spf, Area::dkim, Area::dmarc, Area::reports};

/// What a check can see. app/text has a severity and sentences for each; `arguments` are listed behind the code.
enum class FindingCode {
    // mx
    mxFound,            ///< hosts
    mxMissing,
    mxNull,             ///< The domain says it takes no mail.
    mxHostWithoutAddress, ///< host
    mxHostIsAlias,      ///< host, target: forbidden by RFC 5321 section 5.1
    nullMxMissing,      ///< A domain that never sends.
    // spf
    spfPresent,
    spfMissing,
    spfDiffers,
    spfSeveral,         ///< count: permerror (RFC 7208 section 4.5)
    spfBroken,          ///< term, offset
    spfTooManyLookups,  ///< count
    spfPassAll,         ///< term: everybody may send
    spfHostPresent,
    spfHostMissing,
    spfHostDiffers,
    // dkim
    dkimPresent,        ///< selector, servers that were asked
    dkimMissing,        ///< selector
    dkimDiffers,        ///< selector
    dkimOtherKey,       ///< selector: a valid record with another key
    dkimSeveral,        ///< selector, count (RFC 6376 section 3.6.2.2)
    dkimBroken,         ///< selector, what
    dkimRevoked,        ///< selector
    dkimTesting,        ///< selector: t=y
    dkimNotEverywhere,  ///< selector, servers without it
    dkimServerSilent,   ///< selector, servers that did not answer
    dkimNoKey,          ///< The profile has no key yet.
    dkimShortKey,       ///< selector, bits: below 2048
    // dmarc
    dmarcPresent,       ///< policy
    dmarcMissing,
    dmarcDiffers,
    dmarcSeveral,       ///< count: all are ignored (RFC 9989 section 4.10)
    dmarcBroken,        ///< what
    dmarcNoReports,     ///< no rua=
    dmarcObsoleteTags,  ///< tags
    dmarcInherited,     ///< the name whose record applies
    // reports
    reportsInside,      ///< No consent needed.
    reportsAuthorized,  ///< host
    reportsNotAuthorized, ///< host
    // all
    unknown,            ///< question, why: the DNS did not tell
    bogus,              ///< question, why
};

/// One thing a check saw: never a sentence, always enough to write one.
struct Finding {
    FindingCode code;
    Area area;
    DomainName subject; ///< The name it is about.
    std::vector<std::string> arguments;
    std::vector<ResourceRecord> expected; ///< The exact records to publish.
    std::vector<ResourceRecord> seen;

    bool operator==(const Finding&) const = default;
};

} // namespace sealwright
