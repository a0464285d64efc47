#pragma once

#include "dns/resourcerecord.h"

#include <chrono>

namespace sealwright {

enum class Area { delegation, mx, senders, spf, dkim, dmarc, reports, mtaSts, tlsRpt, dane, smtp, blocklists, bimi };

[[nodiscard]] std::string_view toString(Area area);
[[nodiscard]] std::optional<Area> areaFromString(std::string_view text);
inline constexpr Area allAreas[] = {Area::delegation, Area::mx,         Area::senders, Area::spf,    Area::dkim,
                                    Area::dmarc,      Area::reports,    Area::mtaSts,  Area::tlsRpt, Area::dane,
                                    Area::smtp,       Area::blocklists, Area::bimi};

/// Where what stays unknown may be a record that is missing; elsewhere it is only somebody's silence: a closed port, a
/// block list that does not answer everybody.
[[nodiscard]] bool isOfRecords(Area area);

/// What a check can see. app/text has a severity and sentences for each; `arguments` are listed behind the code.
enum class FindingCode {
    // delegation
    delegationSound,          ///< count of name servers, count of their addresses, serial
    serialsDiffer,            ///< "server: serial", each
    serversDisagree,          ///< question, servers that say something else than most
    cachesBehind,             ///< question, seconds that the resolver of this computer remembers an older answer
    resolverBehind,           ///< question, seconds, the resolver
    resolverSilent,           ///< the resolver, why
    nameServerSilent,         ///< server
    nameServerLame,           ///< server, why: it is no authority for the zone
    nameServerNoTcp,          ///< server
    nameServerOnlyAtParent,   ///< hosts
    nameServerOnlyInZone,     ///< hosts
    nameServerAlone,          ///< host
    nameServerWithoutAddress, ///< host
    nameServerIsAlias,        ///< host, target
    glueDiffers,              ///< host, addresses that are not its own
    dnssecSecure,
    dnssecInsecure,
    dnssecBogus,       ///< question, why
    delegationUnknown, ///< why, or empty and a server in whose place something on the way answers
    zoneNotServed,     ///< servers: they answer, and none is an authority for the zone
    // mx
    mxFound, ///< hosts
    mxMissing,
    mxNull,               ///< The domain says it takes no mail.
    mxHostWithoutAddress, ///< host
    mxHostIsAlias,        ///< host, target: forbidden by RFC 5321 section 5.1
    mxHostUnknown,        ///< host
    mxHostDoubled,        ///< host, as it should be: the domain stands there twice
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
    senderConfirmed,     ///< address, its name
    senderWithoutName,   ///< address (v4), the name it should have or empty
    senderV6WithoutName, ///< address (v6), the name it should have or empty
    senderNotConfirmed,  ///< address, its names, none of which has that address
    senderSeveralNames,  ///< address, its names
    senderGenericName,   ///< address, its name, the name it should have or empty
    senderOtherName,     ///< address, its name, the name its server says HELO with
    senderPrivate,       ///< address that nobody on the Internet sees
    heloWithoutAddress,  ///< The mail host has no address.
    heloElsewhere,       ///< the mail host's addresses: none is among those the profile names
    sendersUnknown,      ///< No sending address is known.
    // spf
    spfPresent, ///< count of look-ups
    spfMissing,
    spfDiffers,
    spfNobody,          ///< It names no sender, and the profile knows of none.
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
    dkimPresent,         ///< selector, servers that were asked
    dkimMissing,         ///< selector
    dkimDiffers,         ///< selector: our key, limited by h= or s=
    dkimOtherKey,        ///< selector: a valid record with another key
    dkimSeveral,         ///< selector, count (RFC 6376 section 3.6.2.2)
    dkimBroken,          ///< selector, what
    dkimRevoked,         ///< selector
    dkimTesting,         ///< selector: t=y
    dkimNotYetSeen,      ///< selector, ttl: every name server has it, and a cache still has the old answer
    dkimNotEverywhere,   ///< selector, servers without it
    dkimServerSilent,    ///< selector, servers that did not answer
    dkimVerifiedMessage, ///< selector, domain of the receiver, date
    dkimNeverVerified,   ///< selector: of no message yet
    dkimNoKey,           ///< The profile has no key yet.
    dkimShortKey,        ///< selector, bits: below 2048
    dkimOnlyEd25519,     ///< selector: no RSA key beside it
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
    mtaStsSound,           ///< mode, max_age in seconds
    mtaStsServersNotSeen,  ///< mode, max_age in seconds, hosts of which it is not known whether they do as it says
    mtaStsSeveral,         ///< count: senders then take it that there is none (RFC 8461 section 3.1)
    mtaStsBroken,          ///< what
    mtaStsPolicyAlone,     ///< the policy's host: it is served, and no record says so
    mtaStsHostMissing,     ///< the policy's host, which has no address
    mtaStsHostPrivate,     ///< the policy's host, its addresses: none of which the Internet reaches
    mtaStsUnreachable,     ///< the policy's host, why: it could not be found out
    mtaStsRefused,         ///< the policy's host takes no connections
    mtaStsNoAnswer,        ///< the policy's host, why: it took the connection, and gave no answer
    mtaStsWebTlsFailed,    ///< the policy's host, why
    mtaStsWebUntrusted,    ///< the policy's host, why, who issued the certificate
    mtaStsWebExpired,      ///< the policy's host, date
    mtaStsWebExpiresSoon,  ///< the policy's host, date
    mtaStsWebNotYetValid,  ///< the policy's host, date
    mtaStsWebWrongName,    ///< the policy's host, names of the certificate
    mtaStsStatus,          ///< the policy's host, status of HTTP
    mtaStsRedirect,        ///< the policy's host, status of HTTP: not to be followed (RFC 8461 section 3.3)
    mtaStsContentType,     ///< the policy's host, the media type
    mtaStsTooLong,         ///< the policy's host
    mtaStsPolicyBroken,    ///< the policy's host, line, what
    mtaStsPolicyLacks,     ///< the policy's host, the line that is missing
    mtaStsMxNotCovered,    ///< host: no mail reaches it (mode enforce)
    mtaStsMxNotListed,     ///< host: none would reach it (mode testing)
    mtaStsServerFails,     ///< host, addresses: no verified TLS there (mode enforce)
    mtaStsServerWouldFail, ///< host, addresses: the same (mode testing)
    mtaStsTesting,         ///< max_age in seconds
    mtaStsWithdrawn,
    mtaStsShortMaxAge, ///< max_age in seconds: below a day
    mtaStsIdStale,     ///< id, the id that goes with the policy as it is served
    mtaStsNotAsked,    ///< the policy's host: off line
    mtaStsMissing,     ///< It is planned and not published.
    mtaStsNone,
    // tls-rpt
    tlsRptSound,   ///< where the reports go
    tlsRptSeveral, ///< count: senders then report nothing (RFC 8460 section 3)
    tlsRptBroken,  ///< what
    tlsRptMissing, ///< It is planned and not published.
    tlsRptNone,
    // dane
    daneSound,             ///< host
    daneNextKey,           ///< host: the record of another key is published as well
    daneOnlyOneKey,        ///< host
    daneInsecure,          ///< host: without DNSSEC nobody looks at its TLSA records
    daneUnusable,          ///< host, records that senders pass over; none other is there
    daneSomeUnusable,      ///< host, records that senders pass over
    daneMxInsecure,        ///< hosts whose records are signed, and the MX records that name them are not
    daneMismatch,          ///< host, addresses, why: none of its records is for the certificate there
    daneAuthorityMismatch, ///< the same, where a record names an authority (usage 2); why
    daneNotAsked,          ///< host: off line; its records were not compared with anything
    daneNoTls,             ///< host, addresses: TLS is promised, and there is none
    daneNotSeen,           ///< host: its certificate could not be seen
    daneDeferred,          ///< host, why: senders that use DANE keep their mail back (RFC 7672 section 2.1.1)
    daneMissing,           ///< host: records are planned and not published.
    daneNone,              ///< host
    // smtp
    smtpSound,              ///< host, address, version of TLS
    smtpUnreachable,        ///< host, addresses, why; none of all servers answered
    smtpAddressUnreachable, ///< host, addresses, why; others answered
    smtpNoRoute,            ///< host, addresses, why: this computer has no way there
    smtpRefused,            ///< host, addresses; another one answers
    smtpAllRefused,         ///< host, addresses
    smtpSilent,             ///< host, addresses
    smtpClosed,             ///< host, addresses, why
    smtpGarbled,            ///< host, addresses, what it said
    smtpNotGreeted,         ///< host, addresses, code and words
    smtpEhloRefused,        ///< host, addresses, code
    smtpOtherName,          ///< host, addresses, the name it gives itself
    smtpBadName,            ///< host, addresses, the name it gives itself, which can't be one of the DNS
    smtpNoStartTls,         ///< host, addresses
    smtpStartTlsRefused,    ///< host, addresses, code
    smtpTlsFailed,          ///< host, addresses, why
    smtpOldTls,             ///< host, addresses, version: RFC 8996 forbids it
    smtpUntrusted,          ///< host, addresses, why, who issued the certificate
    smtpExpired,            ///< host, addresses, date
    smtpExpiresSoon,        ///< host, addresses, date
    smtpNotYetValid,        ///< host, addresses, date
    smtpWrongName,          ///< host, addresses, names of the certificate
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
    bimiFound,   ///< where the picture is
    bimiSeveral, ///< count
    bimiBroken,  ///< what
    bimiDeclined,
    bimiNoCertificate,
    bimiNeedsPolicy, ///< the policy of DMARC, which is too weak
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
    slipPartOfName,    ///< name
    slipBelowDomain,   ///< name: below the domain instead of below the mail host
    slipMxOfMailHost,  ///< name: the mail host, which the MX record names as its own
    slipWrongType,     ///< name, the type it should have instead of TXT
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
    notYetSeen,    ///< question: every name server has the record, and a cache still remembers that there was none
    notEverywhere, ///< question, name servers that lack the record; others have it
    outsideZone,   ///< question: not in the zone files, and off line nobody else was asked
    unknown,       ///< question, why: the DNS did not tell
    bogus,         ///< question, why
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

/// A day as `arguments` hold it: 2026-12-01.
[[nodiscard]] std::string dateOf(std::chrono::sys_seconds time);

} // namespace sealwright
