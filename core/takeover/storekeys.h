#pragma once

#include "keys/newkeys.h"
#include "plan/profile.h"
#include "takeover/takeover.h"

namespace sealwright::takeover {

struct ImportedKey {
    SigningKey key;
    std::vector<std::string> files;
    Evidence evidence;
    Publication publication;
};

struct Imports {
    std::vector<ImportedKey> imported; ///< New to the profile, or lost by the vault.
    std::vector<LeftFile> left;        ///< Those of the takeover, and what is here already.
};

/// Stores what is taken in the vault and adds it to the profile. Other keys that have the selector, there or here, are
/// left alone. An error of the vault ends it: then neither is to be kept.
[[nodiscard]] tl::expected<Imports, Problem<VaultError>> storeKeys(const ServerFolder& folder, const Takeover& takeover,
                                                                   Profile& profile, NewKeys& vault,
                                                                   std::chrono::sys_seconds now,
                                                                   const std::stop_token& stop);

} // namespace sealwright::takeover
