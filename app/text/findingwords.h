#pragma once

#include "text/findingtext.h"

#include <span>

namespace sealwright {

/// The English sentences of one finding code. In them: %1 the finding's subject, %2 its first argument and so on, %L2
/// all arguments from the first on as a list, %R its expected records as zone lines. What stands in [ ] is left out
/// where the argument or the records that it names are empty or not there.
struct FindingWords {
    FindingCode code;
    Severity severity;
    const char* found;
    const char* why;
    const char* remedy; ///< Null where nothing is to be done.
};

// One table per area, each in a file of its own; every code is in exactly one.
[[nodiscard]] std::span<const FindingWords> delegationWords();
[[nodiscard]] std::span<const FindingWords> mxWords();
[[nodiscard]] std::span<const FindingWords> sendersWords();
[[nodiscard]] std::span<const FindingWords> spfWords();
[[nodiscard]] std::span<const FindingWords> dkimWords();
[[nodiscard]] std::span<const FindingWords> dmarcWords();
[[nodiscard]] std::span<const FindingWords> reportsWords();
[[nodiscard]] std::span<const FindingWords> mtaStsWords();
[[nodiscard]] std::span<const FindingWords> tlsRptWords();
[[nodiscard]] std::span<const FindingWords> daneWords();
[[nodiscard]] std::span<const FindingWords> smtpWords();
[[nodiscard]] std::span<const FindingWords> blocklistWords();
[[nodiscard]] std::span<const FindingWords> bimiWords();
[[nodiscard]] std::span<const FindingWords> slipWords(); ///< What happened to a record on its way to the DNS.
[[nodiscard]] std::span<const FindingWords> dnsWords();  ///< Of every area.

} // namespace sealwright
