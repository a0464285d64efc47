#include "fuzz.h"
#include "store/profilejson.h"
#include "vault/vaultfile.h"

namespace sealwright {
namespace {

using fuzz::require;

void checkProfile(std::string_view text) {
    const auto stored = profileFromJson(QByteArray(text.data(), static_cast<qsizetype>(text.size())));
    if (!stored) {
        fuzz::requireShort(stored.error());
        return;
    }
    const auto again = profileFromJson(toJson(*stored));
    require(again && again->profile == stored->profile && again->unknown == stored->unknown && !again->readOnly);
}

void checkVault(std::string_view text) {
    const auto file = VaultFile::parse(text);
    if (!file) {
        require(file.error().where <= text.size());
        return;
    }
    const auto again = VaultFile::parse(file->toString());
    require(again && again->toString() == file->toString());
    for (const VaultEntry& entry : file->entries) {
        require(again->find(entry.id) != nullptr && again->find(entry.id)->isIntact() == entry.isIntact());
    }
}

} // namespace
} // namespace sealwright

// A profile or a vault file: they begin differently.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = sealwright::fuzz::Input(data, size).rest();
    sealwright::checkProfile(text);
    sealwright::checkVault(text);
    return 0;
}
