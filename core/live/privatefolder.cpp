#include "live/privatefolder.h"

#include <cstdlib>
#include <fstream>
#include <random>
#include <utility>

namespace sealwright {

namespace fs = std::filesystem;

namespace {

/// A new folder of this name, or of the name made unique by the system.
std::optional<fs::path> makeFolder(const fs::path& parent) {
#ifdef _WIN32
    std::error_code error;
    const fs::path path = parent / ("sealwright-" + std::to_string(std::random_device{}()));
    return fs::create_directory(path, error) ? std::optional(path) : std::nullopt;
#else
    std::string path = (parent / "sealwright-XXXXXX").string();
    return mkdtemp(path.data()) != nullptr ? std::optional<fs::path>(path) : std::nullopt;
#endif
}

} // namespace

std::optional<PrivateFolder> PrivateFolder::create() {
    std::error_code error;
    const fs::path parent = fs::temp_directory_path(error);
    auto path = error ? std::nullopt : makeFolder(parent);
    return path ? std::optional(PrivateFolder(std::move(*path))) : std::nullopt;
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
