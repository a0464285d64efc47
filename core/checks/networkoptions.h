#pragma once

#include "base/problem.h"

#include <chrono>
#include <filesystem>
#include <optional>

namespace sealwright {

/// How servers that are no name servers are talked to.
struct NetworkOptions {
    bool offline = false;                        ///< Talk to nobody.
    std::chrono::milliseconds timeout{10'000};   ///< For one conversation.
    std::optional<std::filesystem::path> caFile; ///< Trust these authorities (PEM) instead of the system's.
    std::chrono::seconds remember{0}; ///< What a mail server showed counts for so long, for whoever wants to know it.
};

enum class NetworkError {
    badCaFile, ///< `what`: the path of a file without certificates, or that can't be read
};

} // namespace sealwright
