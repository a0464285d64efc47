#pragma once

#include "base/secretbytes.h"

#include <filesystem>
#include <optional>
#include <system_error>

namespace sealwright::takeover {

enum class EntryKind { file, folder, link, other };

/// What stands there, without following or opening it.
[[nodiscard]] EntryKind kindOf(const std::filesystem::path& path, std::error_code& error);

/// The octets of an ordinary file, at most `longest` and one more. Never waits at a pipe or a device, and follows no
/// link, also where one takes the file's place meanwhile.
[[nodiscard]] SecretBytes readFile(const std::filesystem::path& path, std::size_t longest, std::error_code& error);

} // namespace sealwright::takeover
