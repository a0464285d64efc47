#pragma once

#include "verdict/original.h"
#include "verdict/verdict.h"

#include <QString>

namespace sealwright {

/// What became of one signature and why, in one sentence or two.
[[nodiscard]] QString signatureText(const dkim::VerifiedSignature& verified);
[[nodiscard]] QString problemText(const Problem<dkim::SignatureError>& problem);
[[nodiscard]] QString problemText(const Problem<message::SourceError>& problem);
[[nodiscard]] QString problemText(const Problem<verdict::AuthorError>& problem);
/// What was noticed on the way from the file to the message.
[[nodiscard]] QString formText(message::SourceForm form);
/// Whose word it is where the message came from; empty where nothing is known.
[[nodiscard]] QString envelopeText(const verdict::Verdict& verdict);
/// What receivers make of it that still follow RFC 7489; empty where that is the same.
[[nodiscard]] QString olderStandardText(const verdict::Verdict& verdict);
/// The receiver's own word, and why ours is another one.
[[nodiscard]] QString claimText(const verdict::Claim& claim);
/// What was changed on the way; the texts before and after it on lines of their own.
[[nodiscard]] QString changeText(const verdict::Change& change);

} // namespace sealwright
