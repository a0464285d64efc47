#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace sealwright::test {

/// A new folder, gone with this object.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    /// Writes a file and returns its path.
    [[nodiscard]] std::filesystem::path write(const std::string& name, std::string_view octets) const;

private:
    std::filesystem::path path_;
};

} // namespace sealwright::test
