#pragma once

#include "keys/vaulterror.h"
#include "mailtest/mailtest.h"
#include "text/verdicttext.h"

namespace sealwright {

[[nodiscard]] QString problemText(const Problem<MailServerError>& problem);
/// Whole sentences: why a message was not sent or not fetched, and what to do.
[[nodiscard]] QString problemText(const CourierProblem& problem);
/// A part of a sentence: why a password was not read from the keychain, or not kept in it.
[[nodiscard]] QString keychainReason(const Problem<VaultError>& problem);
[[nodiscard]] QString stageText(MailTestStage stage);

/// The whole in one sentence.
[[nodiscard]] VerdictLine mailTestSummary(const MailTestOutcome& outcome, const EmailAddress& to);
/// Where the message was found, with which keys it was verified, and what receivers make of it.
[[nodiscard]] std::vector<VerdictLine> mailTestLines(const MailTestOutcome& outcome);

} // namespace sealwright
