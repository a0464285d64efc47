#include "text/findingwords.h"

namespace sealwright {
namespace {

constexpr FindingWords words[] = {
    {FindingCode::notYetSeen, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The record is at every name server, and some resolvers still remember the time before (%2)."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Resolvers keep an old answer until its time is over."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Nothing to do but wait, up to an hour as a rule.")},
    {FindingCode::notEverywhere, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The record is published, and these name servers lack it: %L3 (%2)."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Receivers that happen to ask them don't find it."),
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "If the change is fresh, wait a few minutes. Otherwise ask your DNS provider why these servers are behind.")},
    {FindingCode::outsideZone, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings", "Nobody was asked for %2: no zone file holds it, and this is off line."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "So this check can't speak of it."), nullptr},
    {FindingCode::unknown, Severity::unknown,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The DNS did not tell: %2[ (%3)]"),
     QT_TRANSLATE_NOOP("sealwright::Findings", "This does not mean that the record is missing."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Check the network and try again in a few minutes.")},
    {FindingCode::bogus, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The answer to %2 fails DNSSEC: %3"),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The zone's signatures are broken, or the answer is forged. Receivers that verify see nothing."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Ask your DNS provider to repair the zone's DNSSEC signatures.")},
};

} // namespace

std::span<const FindingWords> dnsWords() {
    return words;
}

} // namespace sealwright
