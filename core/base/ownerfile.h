#pragma once

#include <filesystem>
#include <string_view>
#include <system_error>

/// Files and folders that are their owner's alone from the first octet on.
namespace sealwright {

/// A name beside `target`, made of its name and chance, so that a rename can put there what was built under it.
[[nodiscard]] std::filesystem::path pathBeside(const std::filesystem::path& target);

void makeOwnerFolder(const std::filesystem::path& path, std::error_code& error);

/// Creates a file that is not there yet and writes it through to the disk; only then does it get `mode`.
void writeOwnerFile(const std::filesystem::path& path, std::string_view content, unsigned mode, std::error_code& error);

/// A file or folder under construction, which vanishes with this object unless a rename has put it in its place.
class Construction {
public:
    explicit Construction(std::filesystem::path path) : path_(std::move(path)) {}
    Construction(const Construction&) = delete;
    Construction& operator=(const Construction&) = delete;
    ~Construction() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// Writes what the system still holds of a file or folder.
void syncToDisk(const std::filesystem::path& path, std::error_code& error);

/// Swaps two folders in one step where the file system can, so that there always is one at `b`.
void exchange(const std::filesystem::path& a, const std::filesystem::path& b, std::error_code& error);

} // namespace sealwright
