#pragma once

#include "lint/rules.h"

/// What the rules of OpenDKIM share.
namespace sealwright::lint {

/// `Name   value`, in columns as Debian has it.
[[nodiscard]] std::string opendkimLine(std::string_view name, std::string_view value);
/// As opendkim-genkey names the file.
[[nodiscard]] std::string selectorOfFile(std::string_view path);

/// Which keys opendkim.conf signs with.
void lintOpendkimSigning(const std::vector<Setting>& settings, std::size_t file, Findings& findings);

} // namespace sealwright::lint
