#include "viewmodels/takekeys.h"

namespace sealwright {

using namespace folderevent;
using takeover::FolderError;

FolderEvent takeKeys(const KeyFolder& folder, Profile profile, Resolver& resolver, KeyVault& vault,
                     std::chrono::sys_seconds now, const std::stop_token& stop) {
    const auto passphrase = [&folder]() -> std::optional<SecretBytes> {
        const bool given = folder.passphrase && !folder.passphrase->empty();
        return given ? std::optional(SecretBytes(folder.passphrase->view())) : std::nullopt;
    };
    const auto read = takeover::readServerFolder(folder.path, passphrase, stop);
    if (!read) {
        return Unreadable{read.error()};
    }
    const auto plan = takeover::planTakeover(*read, profile.domain, resolver, now, stop);
    if (stop.stop_requested()) {
        return Unreadable{problem(FolderError::cancelled)};
    }
    NewKeys keys(vault);
    auto imports = takeover::storeKeys(*read, plan, profile, keys, now, stop);
    if (!imports) {
        return VaultFailed{imports.error()};
    }
    keys.keep();
    return Taken{std::move(profile), std::move(*imports), !read->keys.empty()};
}

} // namespace sealwright
