#pragma once

#include "lint/serverfile.h"

namespace sealwright::lint {

/// What goes wrong on servers; app/text has a severity and sentences for each. `subject` is listed behind the code.
enum class LintCode {
    unknownFile,
    nothingAboutSigning, ///< A folder with none of these files.
    // what was not read
    linkNotFollowed,
    notAFile,
    fileUnreadable,
    fileTooLong,
    folderTooDeep,
    tooManyFiles,
    accessNotJudged, ///< A copy: the modes are not those of the server.
    // keys and their modes; subject: the path, where nothing else is said
    keyReadableByAll,
    keyWritableByOthers,
    keyUnreadable, ///< subject: the account that can't read it
    keyFolderOpen,
    keyFolderOfGroup, ///< Its group may write.
    keyFolderClosed,
    keyMissing, ///< Named, but not there.
    keyUnused,
    keyTooShort, ///< subject: its bits
    keyShort,    ///< subject: its bits
    // exim
    eximTaintedKeyPath, ///< The path is made from a mail's own words: exim 4.94 and later open no such file.
    eximDecodedFrom,    ///< $h_from: is decoded; with a comma in the name it has no domain.
    eximSignsStrangers, ///< No condition on who sends: an alias makes it sign forgeries.
    eximListHeaders,    ///< Signs fields that mailing lists add.
    eximFromOnce,       ///< A second From: can be added.
    eximStrict,         ///< Defers mail, and all other mail to that host.
    eximLowerCaseMacro, ///< subject: its name in capitals
    eximDefinedTwice,   ///< subject: the macro
    eximBracesUnbalanced,
    eximIncomplete,        ///< subject: the macro that is missing
    eximFileIgnored,       ///< A name with a dot in conf.d.
    eximOtherConfigRead,   ///< subject: the file that exim reads instead
    eximSignsNothing,      ///< subject: the transport. A whole configuration without a word of DKIM.
    eximSmarthost,         ///< That transport has no DKIM.
    eximTransportUnsigned, ///< subject: the transport
    eximTransportUnused,   ///< subject: the transport, which alone signs
    eximMisplaced,         ///< subject: the router or transport that can't sign
    eximSimpleHeader,
    eximDomainOfMailFrom,
    // Postfix
    postfixLocalMailUnsigned,
    postfixNoMilter,
    postfixReencodes,
    postfixMilterDownStopsMail,
    postfixSocketOutsideChroot, ///< subject: the socket
    postfixSocketSyntax,        ///< subject: the socket
    postfixMiltersSwitchedOff,
    postfixSetTwice, ///< subject: the setting
    postfixClaimsOriginating,
    postfixMilterProtocol,
    postfixChangesAfterSigning, ///< subject: the setting
    postfixContentFilter,
    postfixDkimpy, ///< subject: the socket
    // OpenDKIM
    opendkimVerifiesOnly,
    opendkimSocketMismatch, ///< subject: where Postfix looks
    opendkimSignsStrangers, ///< subject: the network
    opendkimSha1,
    opendkimEd25519Alone,
    opendkimFromOnce,
    opendkimSimpleHeader,
    opendkimUnsafeKeys,
    opendkimTableWithoutRefile,
    opendkimKeyRowBroken,
    opendkimKeyPathRelative,
    opendkimKeyNameUnknown, ///< subject: the name
    opendkimKeyNameTwice,   ///< subject: the name
    opendkimListHeaders,
    opendkimSignsNothing,
    opendkimIncomplete,      ///< subject: the setting that is missing
    opendkimSingleIgnored,   ///< subject: the setting
    opendkimNetworkUnsigned, ///< subject: the network
    // dkimpy-milter
    dkimpySignsStrangers,
    // rspamd
    rspamdParentDomain,
    rspamdOtherMailFrom,
    rspamdOtherUser,
    rspamdDomainOfMailFrom,
    rspamdFallback,
    rspamdLocalUnsigned,
    rspamdAuthenticatedUnsigned,
    rspamdSignsStrangers,     ///< subject: the network
    rspamdKeyWithoutSelector, ///< subject: the domain
    rspamdSwitchedOff,
    rspamdChecksPublished,
};

struct LintFinding {
    LintCode code;
    std::size_t file = 0; ///< Index among the files that were given.
    std::size_t line = 0; ///< From 1; 0 where it is about what the file does not say.
    std::string text;     ///< The line as it stands there; any octets.
    std::string mended;   ///< What should stand there instead, or empty.
    std::string subject;
};

/// Reads the files together, since one may say what another needs; by file and line. Any octets are taken.
[[nodiscard]] std::vector<LintFinding> lint(std::span<const ServerFile> files);

[[nodiscard]] std::string_view toString(LintCode code); ///< A word for scripts.

} // namespace sealwright::lint
