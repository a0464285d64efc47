#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sealwright {

struct DiffLine {
    enum class Kind { context, removed, added };
    Kind kind;
    std::size_t line; ///< From 1; in the new text where it is added, else in the old one.
    std::string text;

    bool operator==(const DiffLine&) const = default;
};

/// What has changed, with two lines around each change; for texts with few changes.
[[nodiscard]] std::vector<DiffLine> lineDiff(std::string_view before, std::string_view after);

} // namespace sealwright
