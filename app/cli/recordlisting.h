#pragma once

#include "cli/profiles.h"

namespace sealwright::cli {

/// Zone text, each record below a comment that says what it is for and its state. Names are absolute, so that it is
/// right wherever it is pasted in the domain's zone. What belongs into another zone stands as a comment: BIND takes no
/// out-of-zone data.
[[nodiscard]] QString zoneListing(const std::vector<ComparedRecord>& records);

/// The same as the fields of a DNS provider's form.
[[nodiscard]] QString fieldListing(const std::vector<ComparedRecord>& records);

/// What the user should know of the plan, on stderr.
void sayNotes(const RecordPlan& plan);

} // namespace sealwright::cli
