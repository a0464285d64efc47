#include "text/findingwords.h"

namespace sealwright {
namespace {

constexpr FindingWords words[] = {
    {FindingCode::dmarcPresent, Severity::ok,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The DMARC record of %1 is right; its policy is %2."),
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "DMARC tells receivers what to do with mail that fails both SPF and DKIM, and whom to report to."),
     nullptr},
    {FindingCode::dmarcMissing, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "There is no DMARC record (%1)."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Large providers ask for one, and only with it you get reports about mail in your name."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Publish:%R")},
    {FindingCode::dmarcDiffers, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The DMARC record (%1) is not the one you asked for; its policy is %2."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Reports may not reach you, or receivers follow another policy than yours."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Replace it by:%R")},
    {FindingCode::dmarcSeveral, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "There are %2 DMARC records at %1."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Receivers then ignore all of them."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Delete all of them and publish this one:%R")},
    {FindingCode::dmarcBroken, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The DMARC record at %1 can't be read near: %2"),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Receivers ignore it."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Replace it by:%R")},
    {FindingCode::dmarcNoPolicy, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The DMARC record at %1 has no valid policy (p=)."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Older receivers ignore such a record, newer ones only send reports."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Replace it by:%R")},
    {FindingCode::dmarcIgnoredTags, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "Some tags of the DMARC record at %1 mean nothing as they stand: %L2."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Receivers ignore them and use the defaults."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Replace it by:%R")},
    {FindingCode::dmarcNoReports, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The DMARC record at %1 asks nobody for reports (no rua=)."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Reports show who sends in your name, and whether your own mail passes."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Replace it by:%R")},
    {FindingCode::dmarcObsoleteTags, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The DMARC record at %1 has tags that today's standard no longer knows: %L2."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Newer receivers ignore them (RFC 9989), so pct= makes old and new ones do different things."),
     nullptr},
    {FindingCode::dmarcInherited, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings", "%1 has no DMARC record of its own; that of %2 applies."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "It works, though older receivers may look for it elsewhere. A record "
                                               "of its own that says the same is safer."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Publish:%R")},
    {FindingCode::dmarcStandardsDiffer, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The DMARC record %1 means one thing to older receivers and another to newer ones (%2)."),
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "Receivers follow RFC 9989 or still RFC 7489, and will for years: each does otherwise with your mail."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "This record makes them agree: %3")},
};

} // namespace

std::span<const FindingWords> dmarcWords() {
    return words;
}

} // namespace sealwright
