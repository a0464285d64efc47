#pragma once

#include "dkim/verify.h"
#include "dmarc/evaluate.h"

#include <QString>

namespace sealwright {

/// What became of one signature and why, in one sentence or two.
[[nodiscard]] QString signatureText(const dkim::VerifiedSignature& verified);
[[nodiscard]] QString problemText(const Problem<dkim::SignatureError>& problem);
/// What DMARC makes of a message, and what receivers are asked to do with it.
[[nodiscard]] QString dmarcText(const dmarc::Evaluation& evaluation);

} // namespace sealwright
