#pragma once

#include "lint/serverfile.h"

#include <filesystem>
#include <stop_token>

namespace sealwright::lint {

struct ReadLimits {
    std::size_t depth = 8;      ///< Folders below the one that was given.
    std::size_t entries = 2000; ///< Of all folders.
};

/// A file as it lies there, or a folder with all below it that is about signing: configuration that is known by its
/// name, tables of keys, and private keys, of which only kind and length are kept. Folders tell who may open them.
/// What is not read is named: links are not followed, and pipes and devices not opened.
[[nodiscard]] std::vector<ServerFile> readFiles(const std::filesystem::path& path, const ReadLimits& limits = {});

/// Text as it was pasted or came through a pipe.
[[nodiscard]] ServerFile asServerFile(std::string name, std::string_view text);

} // namespace sealwright::lint
