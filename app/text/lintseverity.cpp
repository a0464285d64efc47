#include "text/linttext.h"

namespace sealwright {

using lint::LintCode;

Severity severityOf(LintCode code) {
    switch (code) {
    case LintCode::unknownFile:
    case LintCode::nothingAboutSigning:
    case LintCode::fileUnreadable:
    case LintCode::fileTooLong:
    case LintCode::folderTooDeep:
    case LintCode::tooManyFiles:
        return Severity::unknown;
    case LintCode::linkNotFollowed:
    case LintCode::notAFile:
    case LintCode::accessNotJudged:
    case LintCode::keyUnused:
    case LintCode::postfixSetTwice:
    case LintCode::rspamdFallback:
        return Severity::info;
    case LintCode::keyWritableByOthers:
    case LintCode::keyFolderOfGroup:
    case LintCode::keyShort:
    case LintCode::eximSimpleHeader:
    case LintCode::eximDomainOfMailFrom:
    case LintCode::postfixChangesAfterSigning:
    case LintCode::postfixContentFilter:
    case LintCode::opendkimSingleIgnored:
    case LintCode::opendkimNetworkUnsigned:
    case LintCode::rspamdChecksPublished:
    case LintCode::eximListHeaders:
    case LintCode::eximFromOnce:
    case LintCode::eximStrict:
    case LintCode::postfixReencodes:
    case LintCode::postfixMilterDownStopsMail:
    case LintCode::postfixClaimsOriginating:
    case LintCode::opendkimFromOnce:
    case LintCode::opendkimSimpleHeader:
    case LintCode::opendkimUnsafeKeys:
    case LintCode::opendkimKeyNameTwice:
    case LintCode::opendkimListHeaders:
    case LintCode::rspamdDomainOfMailFrom:
        return Severity::warning;
    case LintCode::keyReadableByAll:
    case LintCode::keyUnreadable:
    case LintCode::keyFolderOpen:
    case LintCode::keyFolderClosed:
    case LintCode::keyMissing:
    case LintCode::keyTooShort:
    case LintCode::eximTransportUnsigned:
    case LintCode::eximTransportUnused:
    case LintCode::eximMisplaced:
    case LintCode::postfixMilterProtocol:
    case LintCode::postfixDkimpy:
    case LintCode::opendkimSignsNothing:
    case LintCode::opendkimIncomplete:
    case LintCode::dkimpySignsStrangers:
    case LintCode::rspamdSwitchedOff:
    case LintCode::eximTaintedKeyPath:
    case LintCode::eximDecodedFrom:
    case LintCode::eximSignsStrangers:
    case LintCode::eximLowerCaseMacro:
    case LintCode::eximDefinedTwice:
    case LintCode::eximBracesUnbalanced:
    case LintCode::eximIncomplete:
    case LintCode::eximFileIgnored:
    case LintCode::eximOtherConfigRead:
    case LintCode::eximSignsNothing:
    case LintCode::eximSmarthost:
    case LintCode::postfixLocalMailUnsigned:
    case LintCode::postfixNoMilter:
    case LintCode::postfixSocketOutsideChroot:
    case LintCode::postfixSocketSyntax:
    case LintCode::postfixMiltersSwitchedOff:
    case LintCode::opendkimVerifiesOnly:
    case LintCode::opendkimSocketMismatch:
    case LintCode::opendkimSignsStrangers:
    case LintCode::opendkimSha1:
    case LintCode::opendkimEd25519Alone:
    case LintCode::opendkimTableWithoutRefile:
    case LintCode::opendkimKeyRowBroken:
    case LintCode::opendkimKeyPathRelative:
    case LintCode::opendkimKeyNameUnknown:
    case LintCode::rspamdParentDomain:
    case LintCode::rspamdOtherMailFrom:
    case LintCode::rspamdOtherUser:
    case LintCode::rspamdLocalUnsigned:
    case LintCode::rspamdAuthenticatedUnsigned:
    case LintCode::rspamdSignsStrangers:
    case LintCode::rspamdKeyWithoutSelector:
        return Severity::error;
    }
    return Severity::unknown;
}

} // namespace sealwright
