#include "text/linttext.h"

#include "text/problemtext.h"

#include <QCoreApplication>

namespace sealwright {
namespace {

using lint::LintCode;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::LintText)
};

} // namespace

Severity severityOf(LintCode code) {
    switch (code) {
    case LintCode::unknownFile:
        return Severity::unknown;
    case LintCode::postfixSetTwice:
    case LintCode::rspamdFallback:
        return Severity::info;
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
    case LintCode::eximTaintedKeyPath:
    case LintCode::eximDecodedFrom:
    case LintCode::eximSignsStrangers:
    case LintCode::eximLowerCaseMacro:
    case LintCode::eximDefinedTwice:
    case LintCode::eximBracesUnbalanced:
    case LintCode::eximIncomplete:
    case LintCode::eximFileIgnored:
    case LintCode::eximOtherConfigRead:
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

FindingText lintText(const lint::LintFinding& finding) {
    const QString subject = shown(finding.subject);
    switch (finding.code) {
    case LintCode::unknownFile:
        return {Words::tr("This is none of the files that can be read here."),
                Words::tr("Settings of exim or Postfix, opendkim.conf, its tables, or rspamd's dkim_signing.conf can "
                          "be checked."),
                Words::tr("Give the file under the name that it has on the server.")};
    case LintCode::eximTaintedKeyPath:
        return {Words::tr("The path of the key is made from words of the mail."),
                Words::tr("exim 4.94 and later opens no file that a stranger could name: it logs \"Tainted filename\", "
                          "and mail goes out unsigned."),
                Words::tr("Let dsearch find the file; what it finds is clean.")};
    case LintCode::eximDecodedFrom:
        return {Words::tr("The domain is taken from the decoded From: field."),
                Words::tr("With a comma in an encoded name, as in \"Müller, Jan\", no domain is found, and that mail "
                          "goes out unsigned."),
                Words::tr("Take the raw field, $rh_from:.")};
    case LintCode::eximSignsStrangers:
        return {Words::tr("It signs whatever leaves with your domain in From:, whoever sent it."),
                Words::tr("A forgery that an alias or .forward sends on gets your signature and passes everywhere."),
                Words::tr("Sign only mail made on this server, of signed-in users, and of hosts that may relay.")};
    case LintCode::eximListHeaders:
        return {Words::tr("Fields that mailing lists add are signed too."),
                Words::tr("exim's own list covers Sender: and List-* even where they are absent, so every mailing list "
                          "breaks the signature."),
                Words::tr("Say which fields are signed.")};
    case LintCode::eximFromOnce:
        return {Words::tr("A second From: field would not break the signature."),
                Words::tr("Somebody could add one to a signed mail, and some programs show that one."),
                Words::tr("Put a + before From in the list.")};
    case LintCode::eximStrict:
        return {Words::tr("Where signing fails, mail is held back."),
                Words::tr("exim then marks the receiving host as broken, so that other mail to it waits too."),
                Words::tr("Leave strict off, and watch the log for unsigned mail.")};
    case LintCode::eximLowerCaseMacro:
        return {Words::tr("The macro %1 has small letters.").arg(subject),
                Words::tr("exim's own files ask for it in capitals; in small letters it is taken without a word and "
                          "has no effect."),
                Words::tr("Write it in capitals.")};
    case LintCode::eximDefinedTwice:
        return {Words::tr("The macro %1 is defined twice.").arg(subject),
                Words::tr("exim refuses such a configuration, and update-exim4.conf keeps the old one."),
                Words::tr("Remove one of them, or write == where it is set again.")};
    case LintCode::eximBracesUnbalanced:
        return {Words::tr("The braces of this setting do not match."),
                Words::tr("exim notices only when it sends a mail, which then goes out unsigned or waits."),
                Words::tr("Count { and }.")};
    case LintCode::eximIncomplete:
        return {Words::tr("There is no %1.").arg(subject), Words::tr("Without it exim signs nothing."),
                Words::tr("Add it.")};
    case LintCode::eximFileIgnored:
        return {Words::tr("exim does not read this file."),
                Words::tr("In conf.d, names with a full stop in them are passed over without a word."),
                Words::tr("Give it a name without a full stop.")};
    case LintCode::eximOtherConfigRead:
        return {Words::tr("exim does not read this file: it reads %1 instead.").arg(subject),
                Words::tr("What is set here has no effect, without a word in the log."),
                Words::tr("Put the same lines there.")};
    case LintCode::eximSmarthost:
        return {Words::tr("This server hands its mail to a smarthost."),
                Words::tr(
                    "Debian's transport for that, remote_smtp_smarthost, knows nothing of DKIM: mail leaves unsigned."),
                Words::tr("Let the smarthost sign, or add the three DKIM settings to that transport.")};
    case LintCode::postfixLocalMailUnsigned:
        return {Words::tr("Mail that programs of this server send does not meet the milter."),
                Words::tr("What cron, PHP and sendmail send goes out unsigned."),
                Words::tr("Give non_smtpd_milters the same list.")};
    case LintCode::postfixNoMilter:
        return {Words::tr("No milter is set."), Words::tr("Postfix itself does not sign."),
                Words::tr("Set smtpd_milters to the program that signs.")};
    case LintCode::postfixReencodes:
        return {
            Words::tr("Postfix may change the encoding after the milter has signed."),
            Words::tr(
                "Where the next server takes no 8-bit mail, the body is written anew, and the signature is broken."),
            Words::tr("Switch that off.")};
    case LintCode::postfixMilterDownStopsMail:
        return {Words::tr("Where the milter is down, no mail is taken."),
                Words::tr("Everybody gets 451, those who write to you too."),
                Words::tr("Take mail without it, and watch the log.")};
    case LintCode::postfixSocketOutsideChroot:
        return {Words::tr("Postfix can't reach %1 where smtpd is chrooted, as Debian has it.").arg(subject),
                Words::tr("To smtpd, /var/spool/postfix is all there is. Mail goes out unsigned, or is refused."),
                Words::tr("Use inet on 127.0.0.1, or a path below /var/spool/postfix, named without that.")};
    case LintCode::postfixSocketSyntax:
        return {Words::tr("%1 is how OpenDKIM writes it; Postfix does not understand that.").arg(subject),
                Words::tr("Postfix does not reach the milter."),
                Words::tr("Postfix writes inet:HOST:PORT and unix:PATH.")};
    case LintCode::postfixMiltersSwitchedOff:
        return {Words::tr("no_milters in receive_override_options keeps every milter out."),
                Words::tr("Nothing is signed."),
                Words::tr("Remove no_milters here; in master.cf it is right only behind a content filter.")};
    case LintCode::postfixSetTwice:
        return {Words::tr("%1 is set twice.").arg(subject),
                Words::tr("The last one counts; the first may be the one that you mean."), Words::tr("Remove one.")};
    case LintCode::postfixClaimsOriginating:
        return {Words::tr("All mail is said to be your own (ORIGINATING)."),
                Words::tr("A milter that believes it signs strangers' mail."),
                Words::tr("Set it for the submission service alone, in master.cf.")};
    case LintCode::opendkimVerifiesOnly:
        return {Words::tr("OpenDKIM only verifies here."), Words::tr("Nothing is signed."),
                Words::tr("Mode needs an s.")};
    case LintCode::opendkimSocketMismatch:
        return {Words::tr("OpenDKIM waits where Postfix does not look."),
                Words::tr("Postfix asks %1. Mail goes out unsigned, or is refused.").arg(subject),
                Words::tr("Let Postfix ask the same socket.")};
    case LintCode::opendkimSignsStrangers:
        return {Words::tr("%1 takes in strangers.").arg(subject),
                Words::tr("Whoever sends through this server with your domain in From: gets your signature."),
                Words::tr("Name only your own hosts.")};
    case LintCode::opendkimSha1:
        return {Words::tr("It signs with SHA-1."),
                Words::tr("Receivers must take such a signature for none (RFC 8301)."), Words::tr("Use rsa-sha256.")};
    case LintCode::opendkimEd25519Alone:
        return {Words::tr("It signs with Ed25519 only."),
                Words::tr("Many receivers, Gmail among them, can't verify that yet."), Words::tr("Sign with RSA.")};
    case LintCode::opendkimFromOnce:
        return {Words::tr("A second From: field would not break the signature."),
                Words::tr("Somebody could add one to a signed mail, and some programs show that one."),
                Words::tr("Oversign From.")};
    case LintCode::opendkimSimpleHeader:
        return {Words::tr("The header is signed to the octet."),
                Words::tr("A server that folds a long field anew breaks the signature."), Words::tr("Use relaxed.")};
    case LintCode::opendkimUnsafeKeys:
        return {Words::tr("OpenDKIM takes keys that others can read or write."),
                Words::tr("Whoever reads the key can sign as you."),
                Words::tr("Let it check, and give the keys mode 0600.")};
    case LintCode::opendkimTableWithoutRefile:
        return {Words::tr("The signing table has patterns with *, and is not read as such."),
                Words::tr("No address matches \"*@…\" literally, so nothing is signed."),
                Words::tr("Put refile: before its path.")};
    case LintCode::opendkimKeyRowBroken:
        return {Words::tr("This row is not NAME DOMAIN:SELECTOR:PATH."),
                Words::tr("OpenDKIM refuses mail of that domain, or looks for a file of another name."),
                Words::tr("Write three parts with colons between.")};
    case LintCode::opendkimKeyPathRelative:
        return {Words::tr("The path of the key does not begin with /."),
                Words::tr("OpenDKIM takes it for the key itself, and refuses mail of that domain."),
                Words::tr("Write the whole path.")};
    case LintCode::opendkimKeyNameUnknown:
        return {Words::tr("The key table has no key %1.").arg(subject),
                Words::tr("Mail of these senders is refused or goes out unsigned."),
                Words::tr("Use the name that the key table has.")};
    case LintCode::opendkimKeyNameTwice:
        return {Words::tr("The key table has two rows named %1.").arg(subject), Words::tr("Only one of them is used."),
                Words::tr("Give them different names.")};
    case LintCode::opendkimListHeaders:
        return {Words::tr("Fields that mailing lists add are signed even where they are absent."),
                Words::tr("Every mailing list then breaks the signature."), Words::tr("Oversign From only.")};
    case LintCode::rspamdParentDomain:
        return {Words::tr("Subdomains are signed with the key of the domain above."),
                Words::tr("use_esld cuts the name down; a subdomain's own key is never used."),
                Words::tr("Switch it off.")};
    case LintCode::rspamdOtherMailFrom:
        return {Words::tr("Mail whose MAIL FROM has another domain than its From: is not signed."),
                Words::tr("Mailing programs, bounces and forwarded forms write such mail."), Words::tr("Allow it.")};
    case LintCode::rspamdOtherUser:
        return {Words::tr("Mail of users whose login has no domain, or another one, is not signed."),
                Words::tr("A user who signs in as \"bob\" gets nothing signed."), Words::tr("Allow it.")};
    case LintCode::rspamdDomainOfMailFrom:
        return {Words::tr("The key is chosen by something other than From:."),
                Words::tr("DMARC looks at From:, so the signature may not count there."),
                Words::tr("Choose by the header.")};
    case LintCode::rspamdFallback:
        return {
            Words::tr("A key is looked for at the usual place too."),
            Words::tr(
                "rspamd then logs an error for each domain without a key, or signs with one that is forgotten there."),
            Words::tr("Switch that off.")};
    case LintCode::rspamdLocalUnsigned:
        return {Words::tr("Mail of this server's own programs is not signed."),
                Words::tr("What cron and PHP send goes out unsigned."), Words::tr("Switch it on.")};
    case LintCode::rspamdAuthenticatedUnsigned:
        return {Words::tr("Mail of signed-in users is not signed."),
                Words::tr("Mail from phones and laptops goes out unsigned."), Words::tr("Switch it on.")};
    case LintCode::rspamdSignsStrangers:
        return {Words::tr("%1 takes in strangers.").arg(subject),
                Words::tr("Whoever sends through this server with your domain in From: gets your signature."),
                Words::tr("Name only your own networks.")};
    case LintCode::rspamdKeyWithoutSelector:
        return {Words::tr("The key %1 has no selector beside it.").arg(subject),
                Words::tr("rspamd then signs with the selector \"dkim\", which your DNS may not have."),
                Words::tr("Name the selector.")};
    }
    return {};
}

} // namespace sealwright
