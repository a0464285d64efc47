#pragma once

#include "dns/answer.h"
#include "spf/record.h"

namespace sealwright::spf {

enum class SelectionError { none, several, broken };

/// Why the TXT records of a name hold no SPF record to evaluate.
struct Selection {
    SelectionError code;
    std::optional<Problem<RecordError>> syntax; ///< Where the record is broken.
};

/// Section 4.5: the one SPF record among what a conclusive TXT answer holds.
[[nodiscard]] tl::expected<Record, Selection> selectRecord(const Answer& answer);

} // namespace sealwright::spf
