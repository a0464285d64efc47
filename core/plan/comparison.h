#pragma once

#include "plan/recordplan.h"

namespace sealwright {

enum class RecordState {
    wanted,  ///< Nobody was asked.
    present, ///< Published, and it says the same.
    differs, ///< Something else of this kind is published there.
    missing,
    unknown, ///< The DNS did not answer.
};

[[nodiscard]] std::string_view toString(RecordState state); ///< As JSON names it.

struct ComparedRecord {
    PlannedRecord planned;
    RecordState state;
    std::vector<ResourceRecord> published; ///< Those of the same kind at that name: what it is to replace.
};

/// Whether a text means the same as the planned record.
[[nodiscard]] bool saysTheSame(const PlannedRecord& planned, std::string_view seen);

/// Each wanted record beside what is published. Records that mean the same are equal, whatever their spelling
/// (tag order, white space, case where it does not matter).
[[nodiscard]] std::vector<ComparedRecord> compare(const RecordPlan& plan, const Published& published);

} // namespace sealwright
