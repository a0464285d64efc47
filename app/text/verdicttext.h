#pragma once

#include "text/findingtext.h"
#include "verdict/verdict.h"

#include <QString>

#include <vector>

namespace sealwright {

/// One line of a message's verdict.
struct VerdictLine {
    Severity severity;
    QString area; ///< DKIM, SPF, DMARC, or a word for what was noticed.
    QString text;

    bool operator==(const VerdictLine&) const = default;
};

/// What became of each signature, of SPF and DMARC, and what the receiver itself said.
[[nodiscard]] std::vector<VerdictLine> verdictLines(const verdict::Verdict& verdict);
/// The whole in one sentence: what receivers make of the message.
[[nodiscard]] VerdictLine verdictSummary(const verdict::Verdict& verdict);

} // namespace sealwright
