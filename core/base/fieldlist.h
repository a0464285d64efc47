#pragma once

#include "base/taglist.h"

namespace sealwright {

/// The fields behind the version of `v=STSv1; id=…;` (RFC 8461 section 3.1) and `v=TLSRPTv1; rua=…` (RFC 8460 section
/// 3). Stricter than a TagList: no white space around `=`, names may hold digits, hyphens and dots anywhere but first.
struct FieldList {
    std::vector<Tag> fields; ///< In order; of a name that comes twice, both.

    [[nodiscard]] const Tag* find(std::string_view name) const; ///< The first.

    [[nodiscard]] static tl::expected<FieldList, Problem<TagListError>> parse(std::string_view text,
                                                                              std::string_view version);
};

/// Whether the text begins with `version` and a semicolon: only then is it a record of that kind (RFC 8461 section 3.1,
/// RFC 8460 section 3).
[[nodiscard]] bool hasVersion(std::string_view text, std::string_view version);

/// The name of a field: a letter or digit, then at most 31 letters, digits, `_`, `-` and `.`.
[[nodiscard]] bool isFieldName(std::string_view text);

} // namespace sealwright
