#pragma once

#include "takeover/storekeys.h"

#include <functional>
#include <memory>
#include <variant>

namespace sealwright {

/// A folder that was copied from a mail server.
struct KeyFolder {
    std::filesystem::path path;
    std::shared_ptr<const SecretBytes> passphrase; ///< Of protected keys; may be empty.
};

/// How taking over the keys of a folder ended.
namespace folderevent {
struct Taken {
    Profile profile; ///< With the new keys.
    takeover::Imports imports;
    bool hasKeys; ///< There was something to take.
};
struct Unreadable {
    Problem<takeover::FolderError> problem;
};
struct VaultFailed { ///< Nothing was taken.
    Problem<VaultError> problem;
};
} // namespace folderevent

using FolderEvent = std::variant<folderevent::Taken, folderevent::Unreadable, folderevent::VaultFailed>;

/// Reads the folder, asks the DNS whose keys these are, and stores those of the profile's domain: all or none. Blocks.
[[nodiscard]] FolderEvent takeKeys(const KeyFolder& folder, Profile profile, Resolver& resolver, KeyVault& vault,
                                   std::chrono::sys_seconds now, const std::stop_token& stop);

} // namespace sealwright
