#include "text/findingwords.h"

namespace sealwright {
namespace {

constexpr FindingWords words[] = {
    {FindingCode::smtpSound, Severity::ok,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The mail server %2 answers at %3, with %4 and a valid certificate."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Other servers can deliver to it securely."), nullptr},
    {FindingCode::smtpNotAsked, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings", "No mail server was talked to."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "So this check can't speak of it."), nullptr},
    {FindingCode::smtpUnreachable, Severity::unknown,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The mail server %2 could not be reached at %3[: %4]."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Many networks at home and at work close port 25, the one that mail servers use among "
                       "themselves. Then nothing can be said of the server from here."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Check from a computer whose network leaves port 25 open, such as another server of yours.")},
    {FindingCode::smtpAddressUnreachable, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The mail server %2 does not answer at %3[: %4]."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Other addresses answered. Senders that try this one first wait in vain, and mail comes late."),
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "Let the server listen on port 25 at %3 and open its firewall there, or take the address out of the DNS.")},
    {FindingCode::smtpNoRoute, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The mail server %2 was not tried at %3[: %4]."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "This computer has no way to such addresses; mostly that means that its network has no IPv6."),
     nullptr},
    {FindingCode::smtpRefused, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The mail server %2 takes no connections on port 25 at %3."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Nobody can deliver mail there."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "See that the mail server runs, listens on port 25 at that address and not only on 127.0.0.1, "
                       "and that no firewall stands before it.")},
    {FindingCode::smtpAllRefused, Severity::unknown,
     QT_TRANSLATE_NOOP("sealwright::Findings", "Port 25 of the mail server %2 refuses connections at %3."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Either nothing listens there, and nobody can deliver mail, or it is your own network that "
                       "refuses: many do. From here the one can't be told from the other."),
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "See that the mail server runs and listens on port 25 at that address, not only on 127.0.0.1. If "
         "it does, check again from a computer whose network leaves port 25 open.")},
    {FindingCode::smtpSilent, Severity::unknown,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The mail server %2 takes connections at %3, and then let this check wait for too long."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "So little is known of it. Some servers let strangers wait on purpose, against spam: other "
                       "servers wait up to five minutes."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "If the server delays its greeting on purpose, all is well. Otherwise see in its log what holds "
                       "it up: often a DNS look-up that is never answered, or too much to do.")},
    {FindingCode::smtpClosed, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The mail server %2 ended the conversation at %3 too early[: %4]."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "If it does so with other servers too, their mail does not arrive."),
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "See in the server's log why. If it only mistrusts networks at home, check from another network.")},
    {FindingCode::smtpGarbled, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "What answers on port 25 of %2 at %3 is no mail server: %4"),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Nobody can deliver mail there."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Let your mail server listen on port 25 at that address.")},
    {FindingCode::smtpNotGreeted, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The mail server %2 at %3 refuses to talk: %4"),
     QT_TRANSLATE_NOOP("sealwright::Findings", "If it says so to other servers too, their mail is returned. Some "
                                               "servers refuse only the networks of private homes."),
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "See in the server's log why. If it only mistrusts networks at home, check from another network.")},
    {FindingCode::smtpEhloRefused, Severity::unknown,
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "The mail server %2 at %3 does not accept how this computer introduces itself (EHLO, answer %4)."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Some servers refuse whoever has no name in the DNS, as computers at home have none. So nothing "
                       "is known of its encryption."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "See in the server's log that it accepts the EHLO of other mail "
                                               "servers. If mail arrives, all is well.")},
    {FindingCode::smtpOtherName, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The mail server %2 calls itself %4 at %3."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "That is allowed. It is tidier if the names are the same."), nullptr},
    {FindingCode::smtpBadName, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The mail server %2 calls itself %4 at %3, which is no name of the DNS."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "It should be the server's full name, such as mail.example.org. When it "
                                               "sends with such a name, many receivers refuse it."),
     nullptr},
    {FindingCode::smtpNoStartTls, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The mail server %2 offers no encryption (STARTTLS) at %3."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Mail to it travels readable for everybody on the way, and some senders refuse to deliver."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Give the mail server a certificate and switch STARTTLS on.")},
    {FindingCode::smtpStartTlsRefused, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The mail server %2 offers encryption (STARTTLS) at %3 and then refuses it (%4)."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Mail to it travels readable for everybody on the way, or not at all."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "See in the server's log why. Often it can't read its certificate or its key.")},
    {FindingCode::smtpTlsFailed, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The mail server %2 offers encryption (STARTTLS) at %3, and it fails: %4."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Many senders then put mail off instead of delivering it unencrypted."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "See in the server's log why. Often the key does not belong to the "
                                               "certificate, or the settings allow no usual cipher.")},
    {FindingCode::smtpOldTls, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The mail server %2 only knows %4 at %3, an outdated version of TLS."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Current senders may refuse it, and deliver unencrypted or not at all."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Allow TLS 1.2 and TLS 1.3 in the settings of the mail server.")},
    {FindingCode::smtpUntrusted, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The certificate of %2 at %3 comes from nobody that this computer trusts: %4[ (issued by %5)]."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Most servers deliver all the same, but nobody can be sure that it is yours."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Get a certificate from a public authority, such as Let's Encrypt, and "
                                               "let the server send the whole chain. With DANE you don't need one.")},
    {FindingCode::smtpExpired, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The certificate of %2 at %3 expired on %4."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Most servers deliver all the same, but nobody can be sure that it is yours."),
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "Renew the certificate and reload the mail server. See why the renewal did not happen by itself.")},
    {FindingCode::smtpExpiresSoon, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The certificate of %2 at %3 expires on %4."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Certificates that renew themselves would have done so by now."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Renew the certificate, and see that the mail server is reloaded afterwards.")},
    {FindingCode::smtpNotYetValid, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The certificate of %2 at %3 is only valid from %4 on."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Until then it counts like an expired one."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Check the clock of the server and of this computer.")},
    {FindingCode::smtpWrongName, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The certificate of %2 at %3 is not for that name[, but for %4]."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Most servers deliver all the same, but nobody can be sure that it is yours."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Get a certificate that names %2, the name in the MX record.")},
};

} // namespace

std::span<const FindingWords> smtpWords() {
    return words;
}

} // namespace sealwright
