#pragma once

#include "dkim/verify.h"

#include <QString>

namespace sealwright {

/// What became of one signature and why, in one sentence or two.
[[nodiscard]] QString signatureText(const dkim::VerifiedSignature& verified);
[[nodiscard]] QString problemText(const Problem<dkim::SignatureError>& problem);

} // namespace sealwright
