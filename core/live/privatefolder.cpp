#include "live/privatefolder.h"

#include "base/ownerfile.h"

#include <fstream>
#include <utility>

namespace sealwright {

namespace fs = std::filesystem;

std::optional<PrivateFolder> PrivateFolder::create() {
    std::error_code error;
    const fs::path parent = fs::temp_directory_path(error);
    if (error) {
        return std::nullopt;
    }
    PrivateFolder folder(pathBeside(parent / "sealwright"));
    makeOwnerFolder(folder.path_, error);
    if (error) {
        folder.path_.clear(); // What is there is somebody else's.
        return std::nullopt;
    }
    return folder;
}

PrivateFolder::PrivateFolder(PrivateFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}

PrivateFolder::~PrivateFolder() {
    std::error_code ignored;
    if (!path_.empty()) {
        fs::remove_all(path_, ignored);
    }
}

std::optional<std::string> PrivateFolder::write(const std::string& name, std::string_view octets) const {
    const fs::path path = path_ / name;
    std::ofstream stream(path, std::ios::binary);
    stream.write(octets.data(), static_cast<std::streamsize>(octets.size()));
    stream.close();
    return stream ? std::optional(path.string()) : std::nullopt;
}

} // namespace sealwright
