#pragma once

#include "mta/bundlecontent.h"

namespace sealwright {

/// Everything that goes into one bundle.
struct BundleContent {
    std::string name; ///< Of the one folder in an archive.
    std::vector<BundleFile> files;
    std::vector<KeyContent> keys;
};

using BundleResult = tl::expected<void, Problem<BundleError>>;

/// Built beside the target under a name of its own, and put in its place by a rename.
[[nodiscard]] BundleResult writeBundleFolder(const BundleContent& content, const std::filesystem::path& target,
                                             const std::stop_token& stop);

enum class ArchiveFormat { tarGz, zip };

[[nodiscard]] BundleResult writeBundleArchive(const BundleContent& content, ArchiveFormat format,
                                              const std::filesystem::path& target, const std::stop_token& stop);

} // namespace sealwright
