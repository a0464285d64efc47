#include "text/findingwords.h"

namespace sealwright {
namespace {

constexpr FindingWords words[] = {
    {FindingCode::spfPresent, Severity::ok,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The SPF record of %1 lets your senders pass; it costs receivers %2 of at most 10 look-ups."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "SPF tells receivers which servers may send for a domain."), nullptr},
    {FindingCode::spfMissing, Severity::error, QT_TRANSLATE_NOOP("sealwright::Findings", "%1 has no SPF record."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "SPF tells receivers which servers may send for a domain. Without it anybody could."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Publish:%R")},
    {FindingCode::spfDiffers, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The SPF record of %1 leaves out some of your senders."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Their mail may be treated as forged."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Replace it by:%R")},
    {FindingCode::spfSeveral, Severity::error, QT_TRANSLATE_NOOP("sealwright::Findings", "%1 has %2 SPF records."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Only one is allowed. With more, receivers treat SPF as broken."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Delete all of them and publish this one:%R")},
    {FindingCode::spfBroken, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The SPF record of %1 has a term that can't be read: %2 (at character %3)."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "One wrong term makes the whole record fail."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Replace it by:%R")},
    {FindingCode::spfTooManyLookups, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The SPF record of %1 makes receivers do up to %2 DNS look-ups; at most 10 are allowed."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Beyond ten, receivers give up and SPF fails for all your mail."),
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "Remove services that no longer send for you, or name their addresses (ip4:, ip6:) instead of include:.")},
    {FindingCode::spfIncludeUnusable, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The SPF record of %1 refers to %2, which has no single valid SPF record."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Receivers treat the whole record as broken when they get there."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Ask the service for the name it uses now, or remove %2 from the record.")},
    {FindingCode::spfPassAll, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The SPF record of %1 lets everybody send (%2)."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "It protects nobody, and receivers take it as a sign of spam."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Replace it by:%R")},
    {FindingCode::spfSendersPass, Severity::ok,
     QT_TRANSLATE_NOOP("sealwright::Findings", "SPF passes for your senders: %L2."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Judged as receivers do, include by include."), nullptr},
    {FindingCode::spfSenderFails, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "SPF does not pass for your sender %2 (%3)."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Receivers take its mail for forged, unless a DKIM signature saves it."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Replace it by:%R")},
    {FindingCode::spfNeutralAll, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The SPF record of %1 says nothing about strangers (%2)."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Forged mail is not told from yours. ~all marks it, and your own mail stays safe."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Let the record end in ~all instead of %2.")},
    {FindingCode::spfHostPresent, Severity::ok,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The mail server's own name %1 has its SPF record."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Bounces have no other sender than the server's name."), nullptr},
    {FindingCode::spfHostMissing, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The mail server's own name %1 has no SPF record."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Bounces have no other sender than the server's name, so receivers check that."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Publish:%R")},
    {FindingCode::spfHostDiffers, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The SPF record of the mail server's name %1 does not let the server itself pass."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Its bounces may be treated as forged."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Replace it by:%R")},
};

} // namespace

std::span<const FindingWords> spfWords() {
    return words;
}

} // namespace sealwright
