#pragma once

#include "base/problem.h"

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace sealwright {

/// One `name=value` of a tag list, white space around both removed.
struct Tag {
    std::string name;
    std::string value;
    std::size_t where = 0; ///< Octet offset of the name.

    bool operator==(const Tag& other) const { return name == other.name && value == other.value; }
};

[[nodiscard]] std::string tagNames(const std::vector<Tag>& tags); ///< `pct, ri`, for people.

enum class TagListError { missingEquals, badName, badValue, duplicateTag };

/// The grammar `tag=value; tag=value` of RFC 6376 section 3.2, which DMARC, MTA-STS and TLS-RPT share. Order is kept.
struct TagList {
    std::vector<Tag> tags;

    [[nodiscard]] const Tag* find(std::string_view name) const;
    [[nodiscard]] std::string toString() const; ///< `a=b; c=d`, no semicolon at the end.

    [[nodiscard]] static tl::expected<TagList, Problem<TagListError>> parse(std::string_view text);
};

} // namespace sealwright
