#include "text/findingwords.h"

namespace sealwright {
namespace {

constexpr const char* elsewhere = QT_TRANSLATE_NOOP("sealwright::Findings", "The record stands at %2 instead of %1.");
constexpr const char* receiversLookOnly = QT_TRANSLATE_NOOP("sealwright::Findings", "Receivers look only at %1.");
constexpr const char* broken =
    QT_TRANSLATE_NOOP("sealwright::Findings", "Receivers take it for no record at all, or for a broken one.");
constexpr const char* copyAgain = QT_TRANSLATE_NOOP(
    "sealwright::Findings", "Copy the value again, with the Copy button, and paste it into the value field as it is.");

constexpr FindingWords words[] = {
    {FindingCode::slipDoubledDomain, Severity::error, elsewhere, receiversLookOnly,
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "The form adds the domain itself: in its host (or name) field, give only the part before the domain.")},
    {FindingCode::slipNoUnderscore, Severity::error, elsewhere, receiversLookOnly,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The underscore is part of the name: in the host field, write it as it is shown.")},
    {FindingCode::slipNoDomainkey, Severity::error, elsewhere, receiversLookOnly,
     QT_TRANSLATE_NOOP("sealwright::Findings", "In the host field, the selector is followed by ._domainkey.")},
    {FindingCode::slipNamesSwapped, Severity::error, elsewhere, receiversLookOnly,
     QT_TRANSLATE_NOOP("sealwright::Findings", "In the host field, the selector comes first, then ._domainkey.")},
    {FindingCode::slipNoSelector, Severity::error, elsewhere, receiversLookOnly,
     QT_TRANSLATE_NOOP("sealwright::Findings", "In the host field, the selector and a dot come before _domainkey.")},
    {FindingCode::slipAtDomain, Severity::error, elsewhere, receiversLookOnly,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The host field was left empty, or has an @: write the name there that is shown.")},
    {FindingCode::slipAtMailHost, Severity::error, elsewhere, receiversLookOnly,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The name belongs below the domain, not below the mail server: correct the host field.")},
    {FindingCode::slipOtherSelector, Severity::error, elsewhere, receiversLookOnly,
     QT_TRANSLATE_NOOP("sealwright::Findings", "This key was pasted into the record of another selector: give it a "
                                               "record of its own, and put that one right again.")},
    {FindingCode::slipPartOfName, Severity::error, elsewhere, receiversLookOnly,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Only a part of the name was entered: in the host field, write all of it, as it is shown.")},
    {FindingCode::slipBelowDomain, Severity::error, elsewhere, receiversLookOnly,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The name belongs below the mail server, not below the domain: correct the host field.")},
    {FindingCode::slipMxOfMailHost, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The MX record stands at the mail server %2 instead of the domain %1."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "So it says who takes mail for %2, and nothing for %1."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The host field is for the domain: leave it empty or write @, as your form wants it. The mail "
                       "server's name goes into the value field.")},
    {FindingCode::slipWrongType, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "At %2 the value stands in a TXT record instead of a %3 record."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Senders ask for %3 records and don't see it."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Delete it, and choose %3 in the type field of the form. If the form has no such type, your DNS "
                       "provider can't publish this record.")},
    {FindingCode::slipAlias, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "%1 is an alias (CNAME) of %2, where there is nothing."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "An alias hides every other record of that name."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Delete the CNAME record and publish the record itself at this name:%R")},
    {FindingCode::slipCutShort, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The record was cut off: only its first %2 characters are there."),
     broken,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The form takes no more at once. Paste the value as strings of at most 255 characters, each in "
                       "quotes (\"…\" \"…\"), or ask the provider how long values are entered.")},
    {FindingCode::slipInPieces, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The parts of one record were published as %2 records."), broken,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Delete them, and make one record whose value has all parts behind each other.")},
    {FindingCode::slipHtml, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The value has codes of a web page in it (such as &quot;) where there should be characters."),
     broken, copyAgain},
    {FindingCode::slipSmartQuotes, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The value has typographic quotes in it, as word processors make them."),
     broken, copyAgain},
    {FindingCode::slipInvisible, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The value has invisible characters in it, as web pages and word processors make them."),
     broken, copyAgain},
    {FindingCode::slipBackslashes, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The value has backslashes in it."), broken,
     QT_TRANSLATE_NOOP("sealwright::Findings", "This form wants the plain text: take out every backslash.")},
    {FindingCode::slipQuotes, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The quotes were published as part of the value."), broken,
     QT_TRANSLATE_NOOP("sealwright::Findings", "This form adds quotes itself: take out those in the value field.")},
    {FindingCode::slipPem, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The key was published with the lines of its file (-----BEGIN PUBLIC KEY-----)."),
     broken, copyAgain},
    {FindingCode::slipWholeLine, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "A whole line of a zone file was published as the value."), broken,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "In the value field, give only what stands behind TXT, without the quotes.")},
    {FindingCode::slipSpaces, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "There are spaces or line breaks before or behind the value."), broken,
     copyAgain},
    {FindingCode::slipCase, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The value does not begin as it must: capital and small letters count there."),
     broken, copyAgain},
    {FindingCode::slipSeparators, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The parts of the value are not separated by semicolons."), broken,
     copyAgain},
    {FindingCode::slipKeyAlone, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Only the key itself was published, without what comes before it (v=DKIM1; … p=)."),
     broken, copyAgain},
    {FindingCode::slipNoVersion, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The beginning of the value is missing (v=…)."), broken, copyAgain},
};

} // namespace

std::span<const FindingWords> slipWords() {
    return words;
}

} // namespace sealwright
