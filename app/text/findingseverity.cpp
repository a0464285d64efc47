#include "text/findingtext.h"

namespace sealwright {

Severity severityOf(FindingCode code) {
    switch (code) {
    case FindingCode::mxFound:
    case FindingCode::nullMxPresent:
    case FindingCode::spfPresent:
    case FindingCode::spfSendersPass:
    case FindingCode::spfHostPresent:
    case FindingCode::dkimPresent:
    case FindingCode::dmarcPresent:
    case FindingCode::reportsInside:
    case FindingCode::reportsAuthorized:
        return Severity::ok;
    case FindingCode::dkimNoKey:
    case FindingCode::dkimServerSilent:
    case FindingCode::dkimNotYetSeen:
    case FindingCode::dmarcObsoleteTags:
    case FindingCode::dmarcInherited:
    case FindingCode::reportsNotAsked:
    case FindingCode::outsideZone:
        return Severity::info;
    case FindingCode::mxMissing:
    case FindingCode::nullMxMissing:
    case FindingCode::spfNeutralAll:
    case FindingCode::spfHostMissing:
    case FindingCode::spfHostDiffers:
    case FindingCode::dkimShortKey:
    case FindingCode::dkimOnlyEd25519:
    case FindingCode::dkimNotEverywhere:
    case FindingCode::dmarcIgnoredTags:
    case FindingCode::dmarcNoReports:
    case FindingCode::dmarcStandardsDiffer:
        return Severity::warning;
    case FindingCode::mxNull:
    case FindingCode::mxHostWithoutAddress:
    case FindingCode::mxHostIsAlias:
    case FindingCode::domainNotFound:
    case FindingCode::spfMissing:
    case FindingCode::spfDiffers:
    case FindingCode::spfSeveral:
    case FindingCode::spfBroken:
    case FindingCode::spfTooManyLookups:
    case FindingCode::spfIncludeUnusable:
    case FindingCode::spfPassAll:
    case FindingCode::spfSenderFails:
    case FindingCode::dkimMissing:
    case FindingCode::dkimDiffers:
    case FindingCode::dkimOtherKey:
    case FindingCode::dkimSeveral:
    case FindingCode::dkimBroken:
    case FindingCode::dkimRevoked:
    case FindingCode::dkimTesting:
    case FindingCode::dmarcMissing:
    case FindingCode::dmarcDiffers:
    case FindingCode::dmarcSeveral:
    case FindingCode::dmarcBroken:
    case FindingCode::dmarcNoPolicy:
    case FindingCode::reportsNotAuthorized:
    case FindingCode::slipDoubledDomain:
    case FindingCode::slipNoUnderscore:
    case FindingCode::slipNoDomainkey:
    case FindingCode::slipNamesSwapped:
    case FindingCode::slipNoSelector:
    case FindingCode::slipAtDomain:
    case FindingCode::slipAtMailHost:
    case FindingCode::slipOtherSelector:
    case FindingCode::slipAlias:
    case FindingCode::slipCutShort:
    case FindingCode::slipInPieces:
    case FindingCode::slipHtml:
    case FindingCode::slipSmartQuotes:
    case FindingCode::slipInvisible:
    case FindingCode::slipBackslashes:
    case FindingCode::slipQuotes:
    case FindingCode::slipPem:
    case FindingCode::slipWholeLine:
    case FindingCode::slipSpaces:
    case FindingCode::slipCase:
    case FindingCode::slipSeparators:
    case FindingCode::slipKeyAlone:
    case FindingCode::slipNoVersion:
    case FindingCode::bogus:
        return Severity::error;
    case FindingCode::unknown:
        return Severity::unknown;
    }
    return Severity::unknown;
}

} // namespace sealwright
