#pragma once

#include "lint/serverfile.h"

/// What `ls -l`, `ls -lR` and `stat` print of files.
namespace sealwright::lint {

struct FileEntry {
    std::size_t file = 0; ///< Where it is said: index among the files that were given,
    std::size_t line = 0; ///< and line from 1; 0: the file itself is there.
    std::string text;     ///< That line.
    std::string path;     ///< As far as it is known; only its name where the folder is not said.
    bool isFolder = false;
    FileAccess access;
    std::optional<KeySeen> key;
};

[[nodiscard]] bool isListing(std::string_view text);
[[nodiscard]] std::vector<FileEntry> entriesOf(std::string_view listing, std::size_t file);

} // namespace sealwright::lint
