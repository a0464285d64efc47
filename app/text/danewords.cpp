#include "text/findingwords.h"

namespace sealwright {
namespace {

constexpr FindingWords words[] = {
    {FindingCode::daneSound, Severity::ok,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The certificate of %2 is the one its TLSA record announces."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Servers that use DANE deliver to it over verified TLS."), nullptr},
    {FindingCode::daneMissing, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "%2 has no TLSA record yet."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Senders only verify by DANE where there is one."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Publish:%R")},
    {FindingCode::daneNone, Severity::info, QT_TRANSLATE_NOOP("sealwright::Findings", "%2 has no TLSA record."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "DANE lets other servers verify yours by the DNS alone, and needs a zone signed with DNSSEC."),
     nullptr},
    {FindingCode::daneNextKey, Severity::ok,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The next key of %2 has its TLSA record already."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "When the certificate changes to that key, nothing else needs to change."),
     nullptr},
    {FindingCode::daneOnlyOneKey, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings", "%2 has TLSA records for its present key only."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Before you change the key, publish a record for the next one and wait until the DNS has it "
                       "everywhere. A renewal that makes a new key each time breaks delivery."),
     nullptr},
    {FindingCode::daneInsecure, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "%2 has TLSA records, but they are not signed with DNSSEC."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Without signatures nobody looks at them."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Sign the zone with DNSSEC, or delete the TLSA records.")},
    {FindingCode::daneUnusable, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "None of the TLSA records of %2 is of a kind that mail servers use: %3"),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Senders then encrypt without verifying anything."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Publish a record that begins with 3 1 1, made from the certificate of %2.")},
    {FindingCode::daneSomeUnusable, Severity::warning,
     QT_TRANSLATE_NOOP("sealwright::Findings", "Some TLSA records of %2 are of no kind that mail servers use: %3"),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Senders pass over them."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Delete them.")},
    {FindingCode::daneMismatch, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The certificate of %2 at %3 is not the one that its TLSA records announce."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Senders that use DANE don't deliver there."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Publish the record of the certificate that is in use, beside the others:%R")},
    {FindingCode::daneAuthorityMismatch, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "None of the TLSA records of %2 vouches for its certificate at %3[: %4]."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Senders that use DANE don't deliver there. A record that begins with 2 names an authority: it "
                       "must have signed the certificate, which must be for %2 and in date, and the server must send "
                       "the authority's own certificate as well."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Let the server send the whole chain up to that authority, or publish the record of the "
                       "certificate that is in use, beside the others:%R")},
    {FindingCode::daneMxInsecure, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "The MX records of %1 are not signed with DNSSEC, those of DANE at %L2 are."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Senders that use DANE verify these servers. But who forges the MX records can lead them to "
                       "other servers, and DANE does not notice."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Sign the zone of %1 with DNSSEC as well.")},
    {FindingCode::daneNotAsked, Severity::info,
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "%2 has TLSA records; they were not compared with the certificate of its server."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "No mail server was talked to."), nullptr},
    {FindingCode::daneNoTls, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "TLSA records promise TLS for %2, and at %3 there is none."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Senders that use DANE don't deliver there."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Switch STARTTLS on and give the server its certificate, or delete the TLSA records.")},
    {FindingCode::daneNotSeen, Severity::unknown,
     QT_TRANSLATE_NOOP("sealwright::Findings", "%2 has TLSA records, but its certificate could not be seen."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "So nothing can be said of whether they fit."),
     QT_TRANSLATE_NOOP("sealwright::Findings",
                       "Put right what is said of %2 under SMTP, or check from a network that leaves port 25 open.")},
    {FindingCode::daneDeferred, Severity::error,
     QT_TRANSLATE_NOOP("sealwright::Findings", "The DNS fails when it is asked for the TLSA records of %2[: %3]."),
     QT_TRANSLATE_NOOP("sealwright::Findings", "Senders that use DANE take that for an attack, and keep mail back."),
     QT_TRANSLATE_NOOP(
         "sealwright::Findings",
         "Mend the DNSSEC signatures of the zone, or the name server that can't answer questions for TLSA records.")},
};

} // namespace

std::span<const FindingWords> daneWords() {
    return words;
}

} // namespace sealwright
