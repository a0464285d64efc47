#pragma once

#include <filesystem>

namespace sealwright::test {

/// Whether a file or folder lets nobody in but its owner; on Windows the system itself may be among them.
[[nodiscard]] bool isOwnersAlone(const std::filesystem::path& path);

} // namespace sealwright::test
