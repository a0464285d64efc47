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

FindingText lintText(const lint::LintFinding& finding) {
    const QString subject = shown(finding.subject);
    switch (finding.code) {
    case LintCode::unknownFile:
        return {Words::tr("This is none of the files that can be read here."),
                Words::tr("Settings of exim or Postfix, opendkim.conf, its tables, or rspamd's dkim_signing.conf can "
                          "be checked."),
                Words::tr("Give the file under the name that it has on the server.")};
    case LintCode::nothingAboutSigning:
        return {Words::tr("This folder has nothing about signing in it."),
                Words::tr("Configuration is known by the name that it has on the server; keys by what they are."),
                Words::tr("Open /etc/exim4, /etc/postfix, /etc/rspamd, or the folder with the keys.")};
    case LintCode::linkNotFollowed:
        return {Words::tr("This is a link to another place. It was not followed."), Words::tr("It may lead anywhere."),
                Words::tr("Open what it leads to, if that is about signing.")};
    case LintCode::notAFile:
        return {Words::tr("This is no ordinary file. It was not opened."),
                Words::tr("A pipe or a device could keep this program waiting for ever."),
                {}};
    case LintCode::fileUnreadable:
        return {Words::tr("This can't be read."), Words::tr("What it says was not looked at."),
                Words::tr("Look again as root, on the server.")};
    case LintCode::fileTooLong:
        return {Words::tr("This file is longer than 1 MB. It was not read."),
                Words::tr("No configuration of a mail server is that long."),
                {}};
    case LintCode::folderTooDeep:
        return {Words::tr("This folder lies too deep. It was not looked into."),
                Words::tr("Keys that are there were not looked at."), Words::tr("Open this folder by itself.")};
    case LintCode::tooManyFiles:
        return {Words::tr("This folder has too many files. Not all were read."),
                Words::tr("Keys that are there may not have been looked at."),
                Words::tr("Open the folder with the keys by itself.")};
    case LintCode::accessNotJudged:
        return {Words::tr("Who may read the keys can't be told here: these files are your own copy."),
                Words::tr("Signing fails where the server's program can't read its key, or where others can."),
                Words::tr("Paste what \"ls -lR\" prints of the folder on the server.")};
    case LintCode::keyReadableByAll:
        return {Words::tr("Everybody on the server can read this key: %1").arg(subject),
                Words::tr("Whoever reads it can sign as you. OpenDKIM refuses such a key, and then the domain's mail."),
                Words::tr("Let only the program that signs read it.")};
    case LintCode::keyWritableByOthers:
        return {Words::tr("Others than its owner can write this key: %1").arg(subject),
                Words::tr("Whoever replaces it stops your mail from being signed; OpenDKIM may refuse such a key."),
                Words::tr("Let nobody but root write it.")};
    case LintCode::keyUnreadable:
        return {Words::tr("The program that signs, as the user %1, can't read this key.").arg(subject),
                Words::tr("exim and rspamd send the mail out unsigned; OpenDKIM makes Postfix refuse it."),
                Words::tr("Give the key to that user's group.")};
    case LintCode::keyFolderOpen:
        return {Words::tr("Others than root can change what lies in the folder of the keys: %1").arg(subject),
                Words::tr("They could put their own key there. OpenDKIM refuses every key below such a folder."),
                Words::tr("Let nobody but its owner write there.")};
    case LintCode::keyFolderOfGroup:
        return {Words::tr("A group can change what lies in the folder of the keys: %1").arg(subject),
                Words::tr("Its members could put their own key there. OpenDKIM refuses every key below such a folder "
                          "as soon as the group has a member."),
                Words::tr("Let nobody but its owner write there.")};
    case LintCode::keyFolderClosed:
        return {Words::tr("The program that signs can't get into this folder: %1").arg(subject),
                Words::tr("It finds no key there, so mail goes out unsigned, or is refused."),
                Words::tr("Give the folder to that program's group.")};
    case LintCode::keyMissing:
        return {Words::tr("This key is named, but not there: %1").arg(subject),
                Words::tr("exim and rspamd send the mail out unsigned; OpenDKIM makes Postfix refuse it."),
                Words::tr("Put the key there, or name the file that it is in.")};
    case LintCode::keyUnused:
        return {Words::tr("No table or setting names this key: %1").arg(subject),
                Words::tr("An old key that lies around can be stolen; a new one that nobody names signs nothing."),
                Words::tr("Name it, or withdraw its DNS record and delete it.")};
    case LintCode::keyTooShort:
        return {subject == QLatin1String("1023") ? Words::tr("This RSA key has less than 1024 bits.")
                                                 : Words::tr("This RSA key has only %1 bits.").arg(subject),
                Words::tr("Receivers must not accept such a signature (RFC 8301 section 3.2)."),
                Words::tr("Make a new key of 2048 bits.")};
    case LintCode::keyShort:
        return {Words::tr("This RSA key has only %1 bits.").arg(subject),
                Words::tr("RFC 8301 asks for 2048; some receivers take shorter ones for weak."),
                Words::tr("Make a new key of 2048 bits, and publish it beside this one.")};
    case LintCode::eximTaintedKeyPath:
        return {Words::tr("The path of the key is made from words of the mail."),
                Words::tr("exim 4.94 and later opens no file that a stranger could name: it logs \"Tainted filename\", "
                          "and mail goes out unsigned."),
                Words::tr("Let dsearch find the folder or the file; what it finds is clean.")};
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
    case LintCode::eximSignsNothing:
        return {
            Words::tr("This exim does not sign: there is no DKIM in its configuration."),
            Words::tr("What goes out by %1 is unsigned, and many receivers take unsigned mail for spam.").arg(subject),
            Words::tr("Export the bundle for exim; its install.sh adds what is needed to this file.")};
    case LintCode::eximSmarthost:
        return {Words::tr("This server hands its mail to a smarthost."),
                Words::tr(
                    "Debian's transport for that, remote_smtp_smarthost, knows nothing of DKIM: mail leaves unsigned."),
                Words::tr("Let the smarthost sign, or put these lines below its \"driver = smtp\", in "
                          "conf.d/transport/30_exim4-config_remote_smtp_smarthost and exim4.conf.template.")};
    case LintCode::eximTransportUnsigned:
        return {Words::tr("Mail through the transport %1 is not signed.").arg(subject),
                Words::tr("Another transport has the settings of DKIM; each needs its own."),
                Words::tr("Give it the same settings.")};
    case LintCode::eximTransportUnused:
        return {Words::tr("Only the transport %1 signs, and no router uses it.").arg(subject),
                Words::tr("What goes out takes another transport, and is not signed."),
                Words::tr("Put the settings of DKIM into the transport that the routers name.")};
    case LintCode::eximMisplaced:
        return {Words::tr("%1 does not send by SMTP, and so can't sign.").arg(subject),
                Words::tr("exim refuses a configuration with settings of DKIM there."),
                Words::tr("They belong to the transport with \"driver = smtp\".")};
    case LintCode::eximSimpleHeader:
        return {Words::tr("Header and body are signed to the octet."),
                Words::tr("A server that folds a long field anew breaks the signature."), Words::tr("Use relaxed.")};
    case LintCode::eximDomainOfMailFrom:
        return {Words::tr("The domain that signs is that of MAIL FROM."),
                Words::tr("DMARC looks at From:. Bounces have no MAIL FROM, and are not signed at all."),
                Words::tr("Take the domain of From:.")};
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
        return {
            Words::tr("Postfix can't reach %1 where smtpd is chrooted, as Debian has it.").arg(subject),
            Words::tr("To smtpd, /var/spool/postfix is all there is. Mail goes out unsigned, or is refused."),
            Words::tr("Use inet on 127.0.0.1, where the milter must listen too (OpenDKIM: Socket inet:8891@127.0.0.1), "
                      "or a path below /var/spool/postfix, named without that.")};
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
    case LintCode::postfixMilterProtocol:
        return {Words::tr("Postfix speaks an old version of the milter protocol."),
                Words::tr("rspamd then does not learn that a user signed in, and leaves that mail unsigned."),
                Words::tr("Use version 6, which Postfix has had since 2.6.")};
    case LintCode::postfixChangesAfterSigning:
        return {Words::tr("%1 changes mail after the milter has signed it.").arg(subject),
                Words::tr("Where it changes From:, Subject: or another signed field, the signature is broken."),
                Words::tr("Let Postfix change mail before the milters see it. That also applies to incoming mail.")};
    case LintCode::postfixContentFilter:
        return {Words::tr("Mail goes through a content filter after the milter has signed it."),
                Words::tr("A filter that adds a footer, or a tag to Subject:, breaks the signature; where mail comes "
                          "back through smtpd, it may be signed twice."),
                Words::tr("In master.cf, give the milters to the smtpd behind the filter (port 10025), and "
                          "\"-o smtpd_milters=\" to the one before it.")};
    case LintCode::postfixDkimpy:
        return {Words::tr("%1 is where dkimpy-milter listens, which signs strangers' mail.").arg(subject),
                Words::tr("It signs every mail with your domain in From:, a forgery from outside too, which then "
                          "passes everywhere."),
                Words::tr("In dkimpy-milter.conf, set MacroListVerify to daemon_name|VERIFYING; then run: postconf -P "
                          "smtp/inet/milter_macro_daemon_name=VERIFYING. Mail through port 587 and from this "
                          "server's programs is signed.")};
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
    case LintCode::opendkimSignsNothing:
        return {Words::tr("No key is named, so OpenDKIM signs nothing."), Words::tr("Mail goes out unsigned."),
                Words::tr("Set KeyTable and SigningTable; the lines above each setting show a row.")};
    case LintCode::opendkimIncomplete:
        return {Words::tr("There is no %1.").arg(subject),
                Words::tr("Domain, Selector and KeyFile need each other; so do KeyTable and SigningTable. OpenDKIM "
                          "does not start, or signs nothing."),
                Words::tr("Add it.")};
    case LintCode::opendkimSingleIgnored:
        return {Words::tr("%1 has no effect beside KeyTable and SigningTable.").arg(subject),
                Words::tr("Only what the tables name is signed."),
                Words::tr("Put its domain and key into the tables, and remove this line.")};
    case LintCode::opendkimNetworkUnsigned:
        return {Words::tr("Postfix takes mail from %1, but OpenDKIM does not sign it.").arg(subject),
                Words::tr("What containers or machines of this network send goes out unsigned."),
                Words::tr("If they are your own, name them in InternalHosts too.")};
    case LintCode::dkimpySignsStrangers:
        return {Words::tr("dkimpy-milter signs strangers' mail."),
                Words::tr("InternalHosts only says whose mail is verified. A forgery from outside with your domain in "
                          "From: gets your signature, and passes everywhere."),
                Words::tr("Add this line; then run: postconf -P smtp/inet/milter_macro_daemon_name=VERIFYING. Mail "
                          "through port 587 and from this server's programs is signed.")};
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
    case LintCode::rspamdSwitchedOff:
        return {Words::tr("Signing is switched off."), Words::tr("Mail goes out unsigned."),
                Words::tr("Switch it on.")};
    case LintCode::rspamdChecksPublished:
        return {Words::tr("Before it signs, rspamd asks the DNS for the public key."),
                Words::tr("While the DNS is slow, or has another key, mail goes out unsigned."),
                Words::tr("Switch that off, and check the DNS by itself.")};
    }
    return {};
}

} // namespace sealwright
