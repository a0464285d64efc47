#include "text/findingwords.h"

namespace sealwright {
namespace {

constexpr FindingWords words[] = {
    {FindingCode::mxFound, Severity::ok, QT_TRANSLATE_NOOP("sealwright::Findings", "Mail for %1 goes to %L2."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "The MX record names the servers that take a domain's mail."), nullptr},
    {FindingCode::mxMissing, Severity::warning, QT_TRANSLATE_NOOP("sealwright::Findings", "%1 has no MX record."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Replies and bounces may not find your server, and many receivers "
                                               "distrust a sender that takes no mail itself."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Publish an MX record that names your mail server.%R")},
    {FindingCode::mxNull, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "%1 says that it takes no mail (a null MX record)."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Receivers may refuse mail from a domain that can't be answered."),
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "If the domain is to send mail, replace the null MX record by one that names your mail server.")},
    {FindingCode::mxHostWithoutAddress, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The mail server %2 has no address in the DNS."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Nobody can reach it, so mail to the domain is lost or returned."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Publish an A record (and an AAAA record for IPv6) for %2.")},
    {FindingCode::mxHostIsAlias, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The MX record names %2, which is only an alias (CNAME) of %3."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Aliases are not allowed there, and some senders refuse to deliver."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Let the MX record name %3 itself.")},
    {FindingCode::mxHostUnknown, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The MX record names %2, which the DNS does not know."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Nobody can reach it, so mail to the domain is lost or returned."),
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "Correct the name in the MX record, or publish an A record (and an AAAA record for IPv6) for %2.")},
    {FindingCode::mxHostDoubled, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The MX record names %2: the domain stands there twice."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Nobody can reach that host, so mail to the domain is lost or returned."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Let it name %3. In a zone file, put a dot at the end of the name; a "
                                               "web form may want the name without the domain.")},
    {FindingCode::mxHostPrivate, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The mail server %2 has no address that the Internet can reach: %L3."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Such addresses only work inside a home or office network, so mail from others never arrives."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Publish your server's public address for %2.")},
    {FindingCode::mxHostIsAddress, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The MX record names the address %2 where a name must stand."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Other mail servers look for a host of that name and find none."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Give your mail server a name with an A record, and let the MX record name it.")},
    {FindingCode::mxHostInvalid, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The MX record names %2, which can't be the name of a host."),
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "Only letters, digits and hyphens are allowed, and many mail servers refuse to deliver to anything else."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Give your mail server a name without other characters, and let the MX record name it.")},
    {FindingCode::mxHostTwice, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The MX records name %2 more than once."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "A sender tries it several times, and mail is not any safer for it."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Keep one MX record for %2.")},
    {FindingCode::mxNullBesideOthers, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "%1 says that it takes no mail (a null MX record), and names mail servers as well."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "The two contradict each other: some senders give up at once."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Delete the MX record whose host is only a dot.")},
    {FindingCode::mxTooMany, Severity::info, QT_TRANSLATE_NOOP("sealwright::Findings", "%1 has %2 MX records."),
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "Senders try only the first few, and an SPF record must not say mx where there are more than ten."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Keep the servers that are really needed.")},
    {FindingCode::nullMxPresent, Severity::ok,
     QT_TRANSLATE_NOOP("sealwright::Findings", "%1 says that it takes no mail."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "That is right for a name that never sends: nothing waits for an answer."),
     nullptr},
    {FindingCode::nullMxMissing, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "%1 never sends, and does not say that it takes no mail either."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "A null MX record makes senders stop at once instead of trying for days."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Publish:%R")},
    {FindingCode::domainNotFound, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The DNS does not know %1."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Without the domain itself nothing else can work."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Check the spelling. If the domain is new, wait until it is delegated to its name servers.")},
};

} // namespace

std::span<const FindingWords> mxWords() {
    return words;
}

} // namespace sealwright
