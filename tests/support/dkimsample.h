#pragma once

#include "dkim/verify.h"

#include <random>

namespace sealwright::test {

/// Mails of all sorts, the same for the same seed: folded fields, white space where it hurts, empty lines, 8-bit, no
/// body.
[[nodiscard]] std::string randomMessage(std::mt19937& random);

/// The key record for a key.
[[nodiscard]] std::string keyRecordOf(const KeyPair& key);

/// The result of the only signature, with this key record at s1._domainkey.example.org; none where there are others.
[[nodiscard]] dkim::Result verifySample(std::string_view message, const std::string& keyRecord);

} // namespace sealwright::test
