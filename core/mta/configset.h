#pragma once

#include "keys/keyvault.h"
#include "plan/profile.h"

#include <span>

namespace sealwright {

/// Whose file it is that a content goes to.
enum class Placement {
    whole, ///< Ours from the first to the last octet.
    part,  ///< A part of a file of the server's, whose other lines are kept.
};

/// In the place of a group: the one that exim runs with, as install.sh learns from the server. No group is called so.
inline constexpr std::string_view eximsGroup = "@exim";

/// A file as it will stand on the server.
struct ConfigFile {
    std::string path;  ///< Absolute, on the server. Of a part, install.sh may know better where it belongs.
    std::string owner; ///< user:group; see eximsGroup for a group that is only known there.
    unsigned mode;     ///< 0640
    std::string content;
    Placement placement = Placement::whole;
};

/// How a signer wants a private key.
enum class KeyFormat {
    pem,  ///< PKCS#8
    seed, ///< One line of base64: the 32 octets of an Ed25519 key.
};

/// A private key that the vault will put there.
struct KeyFile {
    std::string path;
    std::string owner;
    unsigned mode;
    KeyId key;
    std::string publicKey; ///< p= of its record
    KeyType type;
    std::string fingerprint; ///< As the profile knows it.
    KeyFormat format = KeyFormat::pem;
};

/// A folder that the files need.
struct ConfigFolder {
    std::string path;
    std::string owner;
    unsigned mode;
};

/// What a bundle is to make of a server.
struct ServerSetup {
    Stack stack;
    Inbound inbound;

    /// A stack alone leaves incoming mail as it is.
    ServerSetup(Stack signs, Inbound checks = Inbound::unchanged) // NOLINT(google-explicit-constructor)
        : stack(signs), inbound(checks) {}
};

/// Everything one bundle puts on a server, apart from the keys themselves: can be shown without opening the vault.
struct ConfigSet {
    Stack stack;
    std::vector<ConfigFolder> folders; ///< Parents first.
    std::vector<ConfigFile> files;
    std::vector<KeyFile> keys;
    std::vector<KeyId> leftOut; ///< Keys the stack can't sign with: in OpenDKIM Ed25519, and all but one of a domain.
    Inbound inbound = Inbound::unchanged;
};

/// `domains`: at least one that sends and has a key; others are left out. In the order of their names.
[[nodiscard]] ConfigSet makeConfigSet(const ServerSetup& setup, std::span<const Profile> domains);

} // namespace sealwright
