#pragma once

#include "dns/resourcerecord.h"

namespace sealwright {

enum class Area { delegation, mx, senders, spf, dkim, dmarc, reports, mtaSts, tlsRpt, dane, smtp, blocklists, bimi };

[[nodiscard]] std::string_view toString(Area area);
[[nodiscard]] std::optional<Area> areaFromString(std::string_view text);
inline constexpr Area allAreas[] = {Area::delegation, Area::mx,         Area::senders, Area::spf,    Area::dkim,
                                    Area::dmarc,      Area::reports,    Area::mtaSts,  Area::tlsRpt, Area::dane,
                                    Area::smtp,       Area::blocklists, Area::bimi};

/// What a check can see. app/text has a severity and sentences for each; `arguments` are listed behind the code.
enum class FindingCode {
    // delegation
    delegationSound,   ///< count of name servers, count of their addresses, serial
    delegationUnknown, ///< why
    // mx
    mxFound, ///< hosts
    mxMissing,
    mxNull,               ///< The domain says it takes no mail.
    mxHostWithoutAddress, ///< host
    mxHostIsAlias,        ///< host, target: forbidden by RFC 5321 section 5.1
    mxHostUnknown,        ///< host
    mxHostPrivate,        ///< host, addresses: none of which the Internet reaches
    mxHostIsAddress,      ///< what stands there: RFC 5321 section 5.1 wants a name
    mxHostInvalid,        ///< what stands there: no host name (RFC 1123 section 2.1)
    mxHostTwice,          ///< host
    mxNullBesideOthers,   ///< RFC 7505 section 3
    mxTooMany,            ///< count
    nullMxPresent,        ///< A domain that never sends says it takes no mail either.
    nullMxMissing,        ///< A domain that never sends, and has no MX record at all.
    domainNotFound,       ///< The DNS does not know the domain.
    // senders
    senderConfirmed,    ///< address, its name
    senderWithoutName,  ///< address (v4), the name it should have or empty
    senderV6WithoutName, ///< address (v6), the name it should have or empty
    senderNotConfirmed, ///< address, its names, none of which has that address
    senderSeveralNames, ///< address, its names
    senderGenericName,  ///< address, its name, the name it should have or empty
    senderOtherName,    ///< address, its name, the name its server says HELO with
    senderPrivate,      ///< address that nobody on the Internet sees
    heloWithoutAddress, ///< The mail host has no address.
    heloElsewhere,      ///< the mail host's addresses: none is among those the profile names
    sendersUnknown,     ///< No sending address is known.
    // spf
    spfPresent, ///< count of look-ups
    spfMissing,
    spfDiffers,
    spfSeveral,         ///< count: permerror (RFC 7208 section 4.5)
    spfBroken,          ///< term, offset
    spfTooManyLookups,  ///< count
    spfIncludeUnusable, ///< target: an include: or redirect= without exactly one valid SPF record (permerror, 5.2)
    spfPassAll,         ///< term: everybody may send
    spfNeutralAll,      ///< term: the record says nothing about strangers
    spfSendersPass,     ///< addresses of the mail server and those the profile names
    spfSenderFails,     ///< address, result of check_host()
    spfHeloPass,        ///< addresses that pass for the mail host's own name (RFC 7208 section 2.4)
    spfHeloFails,       ///< address, result of check_host()
    spfNoAll,           ///< Neither all nor redirect=: strangers are neutral (section 4.7).
    spfTermsIgnored,    ///< terms behind all, and redirect= beside it
    spfPtr,             ///< term (section 5.5)
    spfLong,            ///< octets
    spfLoop,            ///< term that leads back to where it stands
    spfVoid,            ///< terms that name what does not exist
    spfTooManyVoids,    ///< the same, of more than two: permerror (section 4.6.4)
    spfTooManyMxHosts,  ///< term, count: permerror (section 4.6.4)
    spfHostPresent,
    spfHostMissing,
    spfHostDiffers,
    // dkim
    dkimPresent,       ///< selector, servers that were asked
    dkimMissing,       ///< selector
    dkimDiffers,       ///< selector: our key, limited by h= or s=
    dkimOtherKey,      ///< selector: a valid record with another key
    dkimSeveral,       ///< selector, count (RFC 6376 section 3.6.2.2)
    dkimBroken,        ///< selector, what
    dkimRevoked,       ///< selector
    dkimTesting,       ///< selector: t=y
    dkimNotYetSeen,    ///< selector, ttl: every name server has it, and a cache still has the old answer
    dkimNotEverywhere, ///< selector, servers without it
    dkimServerSilent,  ///< selector, servers that did not answer
    dkimNoKey,         ///< The profile has no key yet.
    dkimShortKey,      ///< selector, bits: below 2048
    dkimOnlyEd25519,   ///< selector: no RSA key beside it
    // dmarc
    dmarcPresent, ///< policy
    dmarcMissing,
    dmarcDiffers,
    dmarcSeveral,         ///< count: all are ignored (RFC 9989 section 4.10)
    dmarcBroken,          ///< what
    dmarcNoPolicy,        ///< no valid p=
    dmarcIgnoredTags,     ///< tags whose values mean nothing
    dmarcNoReports,       ///< no rua=
    dmarcObsoleteTags,    ///< tags
    dmarcInherited,       ///< the name whose record applies
    dmarcStandardsDiffer, ///< why (words of dmarc::Difference), the record that makes RFC 7489 and RFC 9989 agree
    // reports
    reportsInside,        ///< No consent needed.
    reportsAuthorized,    ///< host
    reportsNotAuthorized, ///< host
    reportsNotAsked,      ///< The record names nobody to send reports to.
    // mta-sts
    mtaStsSound, ///< mode, max_age in seconds
    mtaStsNone,
    // tls-rpt
    tlsRptSound, ///< where the reports go
    tlsRptNone,
    // dane
    daneSound, ///< host
    daneNone,  ///< host
    // smtp
    smtpSound, ///< host, address, version of TLS
    smtpNotAsked,
    // blocklists
    blocklistsClean,       ///< lists that were asked
    blocklistListed,       ///< address, list, its web page, its reason or empty
    blocklistSmallListed,  ///< the same, of a list that few receivers look at
    blocklistPolicy,       ///< the same: such addresses are not to send mail themselves
    blocklistDomainListed, ///< domain, list, its web page, its reason or empty
    blocklistsRefuse,      ///< lists that do not answer this resolver
    blocklistsBroken,      ///< lists that list nothing, or everything
    blocklistsUnknown,     ///< lists that did not answer
    // bimi
    bimiFound, ///< where the picture is
    bimiNone,
    // What went wrong on the way from our words to the DNS; the first ones: at which name it stands instead.
    slipDoubledDomain, ///< name
    slipNoUnderscore,  ///< name
    slipNoDomainkey,   ///< name
    slipNamesSwapped,  ///< name
    slipNoSelector,    ///< name
    slipAtDomain,      ///< name
    slipAtMailHost,    ///< name
    slipOtherSelector, ///< name
    slipAlias,         ///< target
    slipCutShort,      ///< octets that are there
    slipInPieces,      ///< count: strings of one record became records
    slipHtml,
    slipSmartQuotes,
    slipInvisible,
    slipBackslashes,
    slipQuotes,
    slipPem,
    slipWholeLine,
    slipSpaces,
    slipCase,
    slipSeparators,
    slipKeyAlone,
    slipNoVersion,
    // all
    outsideZone, ///< question: not in the zone files, and off line nobody else was asked
    unknown,     ///< question, why: the DNS did not tell
    bogus,       ///< question, why
};

[[nodiscard]] std::string_view toString(FindingCode code); ///< As JSON names it: "spf-missing".

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
