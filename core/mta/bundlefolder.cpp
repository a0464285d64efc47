#include "base/ownerfile.h"
#include "mta/bundlewriter.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace sealwright {

namespace {

namespace fs = std::filesystem;

tl::unexpected<Problem<BundleError>> cannotWrite(const fs::path& path, const std::error_code& error) {
    return tl::unexpected(problem(BundleError::cannotWrite, error.message() + ": " + path.string()));
}

std::error_code writeInto(const fs::path& folder, const fs::path& relative, std::string_view content, unsigned mode) {
    std::error_code error;
    auto parent = folder;
    for (const auto& part : relative.parent_path()) {
        parent /= part;
        if (!fs::exists(parent, error)) {
            makeOwnerFolder(parent, error);
        }
        if (error) {
            return error;
        }
    }
    writeOwnerFile(folder / relative, content, mode, error);
    return error;
}

BundleResult fill(const fs::path& folder, const BundleContent& content, const std::stop_token& stop) {
    const auto write = [&folder, &stop](const std::string& path, std::string_view octets,
                                        unsigned mode) -> BundleResult {
        if (stop.stop_requested()) {
            return tl::unexpected(problem(BundleError::cancelled));
        }
        if (const auto error = writeInto(folder, path, octets, mode)) {
            return cannotWrite(path, error);
        }
        return {};
    };
    for (const auto& file : content.files) {
        if (auto written = write(file.path, file.content, file.mode); !written) {
            return written;
        }
    }
    for (const auto& key : content.keys) {
        if (auto written = write(key.path, key.content.view(), 0600); !written) {
            return written;
        }
    }
    return {};
}

/// The first thing in a folder that the manifest there does not name; nothing if all of it is ours.
std::optional<fs::path> foreignIn(const fs::path& folder) {
    std::ifstream file(folder / manifestName, std::ios::binary);
    const std::string manifest(std::istreambuf_iterator<char>(file), {});
    const auto ours = pathsInManifest(manifest);
    std::error_code error;
    for (auto entry = fs::recursive_directory_iterator(folder, error);
         !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        const bool isFolder = entry->is_directory(error) && !entry->is_symlink(error);
        if (!isFolder &&
            std::ranges::find(ours, entry->path().lexically_relative(folder).generic_string()) == ours.end()) {
            return entry->path();
        }
    }
    return error ? std::optional(folder) : std::nullopt;
}

} // namespace

BundleResult writeBundleFolder(const BundleContent& content, const fs::path& target, const std::stop_token& stop) {
    std::error_code error;
    const auto there = fs::symlink_status(target, error);
    const bool replaces = fs::exists(there);
    if (replaces) {
        const auto foreign = fs::is_directory(there) ? foreignIn(target) : target;
        if (foreign) {
            return tl::unexpected(problem(BundleError::exists, foreign->string()));
        }
    }
    const Construction construction(pathBeside(target));
    makeOwnerFolder(construction.path(), error);
    if (error) {
        return cannotWrite(target, error);
    }
    if (auto filled = fill(construction.path(), content, stop); !filled) {
        return filled;
    }
    syncToDisk(construction.path(), error);
    if (!error && replaces) {
        exchange(construction.path(), target, error); // The old one is then removed as the construction.
    } else if (!error) {
        fs::rename(construction.path(), target, error);
    }
    if (error) {
        return cannotWrite(target, error);
    }
    return {};
}

} // namespace sealwright
