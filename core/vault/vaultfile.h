#pragma once

#include "keys/keyvault.h"

#include <vector>

namespace sealwright {

/// One key as the file vault keeps it: encrypted, below a line that names it and bears a checksum of both. The checksum
/// tells a damaged block from a wrong passphrase, which decryption alone can't.
struct VaultEntry {
    KeyId id;
    std::string pem;      ///< ENCRYPTED PRIVATE KEY, as it stands in the file.
    std::string checksum; ///< As it stands in the file.

    VaultEntry(KeyId key, std::string encryptedPem);
    VaultEntry(KeyId key, std::string encryptedPem, std::string checksumRead);

    [[nodiscard]] bool isIntact() const;
};

/// The text of a file vault. openssl reads it too: what stands between PEM blocks is a comment to others.
struct VaultFile {
    std::vector<VaultEntry> entries;

    [[nodiscard]] const VaultEntry* find(const KeyId& id) const;
    void put(VaultEntry entry);
    void erase(const KeyId& id);
    [[nodiscard]] std::string toString() const;
    /// damaged where this is no file of ours or its structure is broken; a broken block is an entry that isn't intact.
    [[nodiscard]] static tl::expected<VaultFile, Problem<VaultError>> parse(std::string_view text);
};

} // namespace sealwright
