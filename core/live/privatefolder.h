#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace sealwright {

/// A new folder for temporary files that nobody else writes to; it goes with this object.
class PrivateFolder {
public:
    [[nodiscard]] static std::optional<PrivateFolder> create();
    PrivateFolder(PrivateFolder&& other) noexcept;
    PrivateFolder& operator=(PrivateFolder&&) = delete;
    PrivateFolder(const PrivateFolder&) = delete;
    PrivateFolder& operator=(const PrivateFolder&) = delete;
    ~PrivateFolder();

    /// Writes a file and returns its path; nothing when the disk does not take it all.
    [[nodiscard]] std::optional<std::string> write(const std::string& name, std::string_view octets) const;

private:
    explicit PrivateFolder(std::filesystem::path path) : path_(std::move(path)) {}

    std::filesystem::path path_;
};

} // namespace sealwright
