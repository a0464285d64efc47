#pragma once

#include "lint/rules.h"

/// Where a configuration says that its keys are.
namespace sealwright::lint {

enum class Signing { unknown, exim, opendkim, rspamd, dkimpy };

struct KeyPlace {
    Signing program = Signing::unknown;
    std::string path; ///< "*" stands for any name.
    Setting setting;  ///< That says it.
};

[[nodiscard]] std::vector<KeyPlace> keyPlaces(const Files& files);

/// Whose key it is, by its folder: each of Debian's packages has its own.
[[nodiscard]] Signing programOf(std::string_view path);
[[nodiscard]] std::string_view accountOf(Signing program); ///< Its user and group on Debian; empty: unknown.

/// Whether `pattern` stands for the path: as it is, in a copy of the server's folders, or by its last parts.
[[nodiscard]] bool stands(std::string_view pattern, std::string_view path);

} // namespace sealwright::lint
