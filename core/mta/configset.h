#pragma once

#include "keys/keyvault.h"
#include "plan/profile.h"

#include <span>

namespace sealwright {

/// A file as it will stand on the server.
struct ConfigFile {
    std::string path;  ///< Absolute, on the server.
    std::string owner; ///< user:group
    unsigned mode;     ///< 0640
    std::string content;
};

/// A private key that the vault will put there.
struct KeyFile {
    std::string path;
    std::string owner;
    unsigned mode;
    KeyId key;
};

/// Everything one bundle puts on a server, apart from the keys themselves: can be shown without opening the vault.
struct ConfigSet {
    Stack stack;
    std::vector<ConfigFile> files;
    std::vector<KeyFile> keys;
};

/// `domains`: at least one that sends and has a key; others are left out.
[[nodiscard]] ConfigSet makeConfigSet(Stack stack, std::span<const Profile> domains);

} // namespace sealwright
