#include "vault/vaultfile.h"

#include "base/digest.h"

#include <algorithm>
#include <utility>

namespace sealwright {

namespace {

constexpr std::string_view firstLine = "Sealwright key vault 1\n";
constexpr std::string_view keyWord = "key";
constexpr std::string_view blockBegin = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n";
constexpr std::string_view blockEnd = "-----END ENCRYPTED PRIVATE KEY-----\n";

std::string nameOf(const KeyId& id) {
    return id.domain.toString() + " " + id.selector.toString();
}

/// Over the name too: a block below another key's name would else be taken for that key.
std::string checksumOf(const KeyId& id, std::string_view pem) {
    return sha256Hex(nameOf(id) + "\n" + std::string(pem));
}

/// Takes what is before `delimiter`, and the delimiter, from the front of `text`.
std::string_view take(std::string_view& text, char delimiter) {
    const std::size_t end = std::min(text.find(delimiter), text.size());
    const std::string_view taken = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return taken;
}

std::optional<VaultEntry> takeEntry(std::string_view& text) {
    std::string_view line = take(text, '\n');
    if (take(line, ' ') != keyWord) {
        return std::nullopt;
    }
    auto domain = DomainName::parseDns(take(line, ' '));
    auto selector = Selector::parse(take(line, ' '));
    const std::size_t end = text.find(blockEnd);
    if (!domain || !selector || !text.starts_with(blockBegin) || end == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view pem = text.substr(0, end + blockEnd.size());
    text.remove_prefix(pem.size());
    return VaultEntry({std::move(*domain), std::move(*selector)}, std::string(pem), std::string(line));
}

} // namespace

VaultEntry::VaultEntry(KeyId key, std::string encryptedPem)
    : id(std::move(key)), pem(std::move(encryptedPem)), checksum(checksumOf(id, pem)) {}

VaultEntry::VaultEntry(KeyId key, std::string encryptedPem, std::string checksumRead)
    : id(std::move(key)), pem(std::move(encryptedPem)), checksum(std::move(checksumRead)) {}

bool VaultEntry::isIntact() const {
    return checksum == checksumOf(id, pem);
}

const VaultEntry* VaultFile::find(const KeyId& id) const {
    const auto found = std::ranges::find(entries, id, &VaultEntry::id);
    return found == entries.end() ? nullptr : &*found;
}

void VaultFile::put(VaultEntry entry) {
    erase(entry.id);
    entries.push_back(std::move(entry));
}

void VaultFile::erase(const KeyId& id) {
    std::erase_if(entries, [&id](const VaultEntry& entry) { return entry.id == id; });
}

std::string VaultFile::toString() const {
    std::string text(firstLine);
    for (const VaultEntry& entry : entries) {
        text += std::string(keyWord) + " " + nameOf(entry.id) + " " + entry.checksum + "\n" + entry.pem;
    }
    return text;
}

tl::expected<VaultFile, Problem<VaultError>> VaultFile::parse(std::string_view text) {
    const std::size_t size = text.size();
    if (!text.starts_with(firstLine)) {
        return tl::unexpected(problem(VaultError::damaged));
    }
    text.remove_prefix(firstLine.size());
    VaultFile file;
    while (!text.empty()) {
        const std::size_t where = size - text.size();
        auto entry = takeEntry(text);
        if (!entry || file.find(entry->id) != nullptr) {
            return tl::unexpected(problem(VaultError::damaged, {}, where));
        }
        file.entries.push_back(std::move(*entry));
    }
    return file;
}

} // namespace sealwright
