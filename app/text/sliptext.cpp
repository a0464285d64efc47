#include "text/sliptext.h"

#include "text/problemtext.h"

#include <QCoreApplication>

#include <algorithm>

namespace sealwright {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::SlipText)
};

/// %1 is the record's name, %2 what the finding adds to it: another name, a number.
struct Slip {
    FindingCode code;
    const char* found;
    const char* why;
    const char* remedy;
};

constexpr const char* elsewhere = QT_TRANSLATE_NOOP("sealwright::SlipText", "The record stands at %2 instead of %1.");
constexpr const char* receiversLookOnly = QT_TRANSLATE_NOOP("sealwright::SlipText", "Receivers look only at %1.");
constexpr const char* broken =
    QT_TRANSLATE_NOOP("sealwright::SlipText", "Receivers take it for no record at all, or for a broken one.");
constexpr const char* copyAgain = QT_TRANSLATE_NOOP(
    "sealwright::SlipText", "Copy the value again, with the Copy button, and paste it into the value field as it is.");

constexpr Slip slips[] = {
    {FindingCode::slipDoubledDomain, elsewhere, receiversLookOnly,
     QT_TRANSLATE_NOOP(
         "sealwright::SlipText",
         "The form adds the domain itself: in its host (or name) field, give only the part before the domain.")},
    {FindingCode::slipNoUnderscore, elsewhere, receiversLookOnly,
     QT_TRANSLATE_NOOP("sealwright::SlipText",
                       "The underscore is part of the name: in the host field, write it as it is shown.")},
    {FindingCode::slipNoDomainkey, elsewhere, receiversLookOnly,
     QT_TRANSLATE_NOOP("sealwright::SlipText", "In the host field, the selector is followed by ._domainkey.")},
    {FindingCode::slipNamesSwapped, elsewhere, receiversLookOnly,
     QT_TRANSLATE_NOOP("sealwright::SlipText", "In the host field, the selector comes first, then ._domainkey.")},
    {FindingCode::slipNoSelector, elsewhere, receiversLookOnly,
     QT_TRANSLATE_NOOP("sealwright::SlipText", "In the host field, the selector and a dot come before _domainkey.")},
    {FindingCode::slipAtDomain, elsewhere, receiversLookOnly,
     QT_TRANSLATE_NOOP("sealwright::SlipText",
                       "The host field was left empty, or has an @: write the name there that is shown.")},
    {FindingCode::slipAtMailHost, elsewhere, receiversLookOnly,
     QT_TRANSLATE_NOOP("sealwright::SlipText",
                       "The name belongs below the domain, not below the mail server: correct the host field.")},
    {FindingCode::slipOtherSelector, elsewhere, receiversLookOnly,
     QT_TRANSLATE_NOOP("sealwright::SlipText", "This key was pasted into the record of another selector: give it a "
                                               "record of its own, and put that one right again.")},
    {FindingCode::slipAlias,
     QT_TRANSLATE_NOOP("sealwright::SlipText", "%1 is an alias (CNAME) of %2, where there is nothing."),
     QT_TRANSLATE_NOOP("sealwright::SlipText", "An alias hides every other record of that name."),
     QT_TRANSLATE_NOOP("sealwright::SlipText", "Delete the CNAME record and publish the TXT record at this name.")},
    {FindingCode::slipCutShort,
     QT_TRANSLATE_NOOP("sealwright::SlipText", "The record was cut off: only its first %2 characters are there."),
     broken,
     QT_TRANSLATE_NOOP("sealwright::SlipText",
                       "The form takes no more at once. Paste the value as strings of at most 255 characters, each in "
                       "quotes (\"…\" \"…\"), or ask the provider how long values are entered.")},
    {FindingCode::slipInPieces,
     QT_TRANSLATE_NOOP("sealwright::SlipText", "The parts of one record were published as %2 records."), broken,
     QT_TRANSLATE_NOOP("sealwright::SlipText",
                       "Delete them, and make one record whose value has all parts behind each other.")},
    {FindingCode::slipHtml,
     QT_TRANSLATE_NOOP("sealwright::SlipText",
                       "The value has codes of a web page in it (such as &quot;) where there should be characters."),
     broken, copyAgain},
    {FindingCode::slipSmartQuotes,
     QT_TRANSLATE_NOOP("sealwright::SlipText", "The value has typographic quotes in it, as word processors make them."),
     broken, copyAgain},
    {FindingCode::slipInvisible,
     QT_TRANSLATE_NOOP("sealwright::SlipText",
                       "The value has invisible characters in it, as web pages and word processors make them."),
     broken, copyAgain},
    {FindingCode::slipBackslashes, QT_TRANSLATE_NOOP("sealwright::SlipText", "The value has backslashes in it."),
     broken, QT_TRANSLATE_NOOP("sealwright::SlipText", "This form wants the plain text: take out every backslash.")},
    {FindingCode::slipQuotes,
     QT_TRANSLATE_NOOP("sealwright::SlipText", "The quotes were published as part of the value."), broken,
     QT_TRANSLATE_NOOP("sealwright::SlipText", "This form adds quotes itself: take out those in the value field.")},
    {FindingCode::slipPem,
     QT_TRANSLATE_NOOP("sealwright::SlipText",
                       "The key was published with the lines of its file (-----BEGIN PUBLIC KEY-----)."),
     broken, copyAgain},
    {FindingCode::slipWholeLine,
     QT_TRANSLATE_NOOP("sealwright::SlipText", "A whole line of a zone file was published as the value."), broken,
     QT_TRANSLATE_NOOP("sealwright::SlipText",
                       "In the value field, give only what stands behind TXT, without the quotes.")},
    {FindingCode::slipSpaces,
     QT_TRANSLATE_NOOP("sealwright::SlipText", "There are spaces or line breaks before or behind the value."), broken,
     copyAgain},
    {FindingCode::slipCase,
     QT_TRANSLATE_NOOP("sealwright::SlipText",
                       "The value does not begin as it must: capital and small letters count there."),
     broken, copyAgain},
    {FindingCode::slipSeparators,
     QT_TRANSLATE_NOOP("sealwright::SlipText", "The parts of the value are not separated by semicolons."), broken,
     copyAgain},
    {FindingCode::slipKeyAlone,
     QT_TRANSLATE_NOOP("sealwright::SlipText",
                       "Only the key itself was published, without what comes before it (v=DKIM1; … p=)."),
     broken, copyAgain},
    {FindingCode::slipNoVersion,
     QT_TRANSLATE_NOOP("sealwright::SlipText", "The beginning of the value is missing (v=…)."), broken, copyAgain},
};

} // namespace

FindingText slipText(const Finding& finding) {
    const auto slip = std::ranges::find(slips, finding.code, &Slip::code);
    if (slip == std::end(slips)) {
        return {};
    }
    const auto filled = [&finding](const char* words) {
        return Words::tr(words)
            .replace(QStringLiteral("%1"), shown(finding.subject.toString()))
            .replace(QStringLiteral("%2"), finding.arguments.empty() ? QString() : shown(finding.arguments.front()));
    };
    return {filled(slip->found), filled(slip->why), filled(slip->remedy)};
}

} // namespace sealwright
