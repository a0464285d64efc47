#pragma once

#include "cli/profiles.h"

namespace sealwright::cli {

/// Zone text of all records, each below a comment that says what it is for and its state. Names are absolute, so that
/// it is right wherever it is pasted, and records of several zones can stand below each other.
[[nodiscard]] QString zoneListing(const std::vector<ComparedRecord>& records);

/// The same as the fields of a DNS provider's form.
[[nodiscard]] QString fieldListing(const std::vector<ComparedRecord>& records);

/// What the user should know of the plan, on stderr.
void sayNotes(const RecordPlan& plan);

} // namespace sealwright::cli
