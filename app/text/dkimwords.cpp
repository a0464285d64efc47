#include "text/findingwords.h"

namespace sealwright {
namespace {

constexpr FindingWords words[] = {
    {FindingCode::dkimPresent, Severity::ok,
     QT_TRANSLATE_NOOP("sealwright::Findings", "Your key %2 is published[, and %3 name server addresses have it]."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Receivers can verify your DKIM signatures."), nullptr},
    {FindingCode::dkimMissing, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "Your key %2 is not published."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Receivers can't verify a signature without it. Publish it before your server begins to sign."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Publish:%R")},
    {FindingCode::dkimDiffers, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Your key %2 is published with a limit (h= or s=) that keeps it from mail."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Receivers ignore the key for your signatures."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Replace it by:%R")},
    {FindingCode::dkimOtherKey, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "Another key than yours is published as %2."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Your signatures fail against it. It may be an older key, or another server's."),
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "If nothing else signs with this selector, replace it by:%R\nOtherwise make a key with a new selector.")},
    {FindingCode::dkimSeveral, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "There are %3 records for the key %2."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Which one receivers use is left to chance."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Delete all of them and publish this one:%R")},
    {FindingCode::dkimBroken, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The record for the key %2 can't be read near: %3"),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Receivers find no key in it, so signatures fail. Forms that cut long texts do this."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Replace it by:%R")},
    {FindingCode::dkimRevoked, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The key %2 is published as revoked (an empty p=)."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "All signatures made with it fail."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Replace it by:%R")},
    {FindingCode::dkimTesting, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Your key %2 is published with t=y, which says that you are only testing."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Receivers treat mail signed with it as unsigned."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Replace it by:%R")},
    {FindingCode::dkimNotYetSeen, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Your key %2 is at every name server, and some resolvers still remember the time before."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Resolvers keep an old answer until its time is over."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Nothing to do but wait, up to an hour as a rule.")},
    {FindingCode::dkimNotEverywhere, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "Your key %2 is not at these name servers: %L3."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Receivers that happen to ask them can't verify your mail."),
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "If the change is fresh, wait a few minutes. Otherwise ask your DNS provider why these servers are behind.")},
    {FindingCode::dkimServerSilent, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings", "These name servers did not answer about the key %2: %L3."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "The others did. A server that is down for everybody slows your mail."),
     nullptr},
    {FindingCode::dkimVerifiedMessage, Severity::ok,
     QT_TRANSLATE_NOOP("sealwright::Findings", "A message received at %3 on %4 was verified with your key %2."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "So your server signs with the key that is published."), nullptr},
    {FindingCode::dkimNeverVerified, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings", "No real message has been verified with your key %2 yet."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The DNS shows only that the key is published, not that your server signs with it."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Send a test message (on this page, or with: sealwright-cli message test %1).")},
    {FindingCode::dkimNoKey, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings", "Sealwright has no DKIM key for %1 yet."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "DKIM signs each message, which is the surest proof that it is yours."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Make a key (in the wizard, or with: sealwright-cli setup).")},
    {FindingCode::dkimShortKey, Severity::warning, QT_TRANSLATE_NOOP("sealwright::Findings", "The key %2 has %3 bits."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Receivers must accept 1024 bits, and advise 2048: shorter keys can be broken with money."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Make a new key of 2048 bits, and keep the old record for a week after the change.")},
    {FindingCode::dkimOnlyEd25519, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "Your only key %2 is of the kind Ed25519."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Many large receivers can't verify such signatures yet, and treat your mail as unsigned."),
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "Make an RSA key beside it (on the Keys page, or with: sealwright-cli key generate %1 --algorithm rsa2048).")},
};

} // namespace

std::span<const FindingWords> dkimWords() {
    return words;
}

} // namespace sealwright
