#pragma once

#include "dmarc/record.h"
#include "dns/answer.h"

/// What a record asks for, as both standards say it (RFC 9989 section 4.10.1, RFC 7489 section 6.6.3).
namespace sealwright::dmarc {

/// Whose policy is wanted: the record's own domain's, or that of a name below it.
enum class Scope { own, below, belowNonexistent };

/// p, or sp or np for a name below. Nothing where the record asks for nothing: no valid p (or an invalid sp, np) and
/// nobody to report to.
[[nodiscard]] std::optional<Policy> policyOf(const Record& record, Scope scope);

/// The texts of an answer that are DMARC records.
[[nodiscard]] std::vector<std::string> dmarcTexts(const Answer& answer);

} // namespace sealwright::dmarc
