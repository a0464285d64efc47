#include "takeover/storekeys.h"

#include <algorithm>

namespace sealwright::takeover {
namespace {

// The profile's own key, where it is the same one and the DNS does not speak for another selector.
const SigningKey* findSame(const Profile& profile, const TakenKey& taken, const std::string& fingerprint) {
    const SigningKey* same = nullptr;
    for (const SigningKey& key : profile.keys) {
        if (key.fingerprint == fingerprint && (key.selector == taken.selector || taken.evidence != Evidence::dns)) {
            same = same == nullptr || key.selector == taken.selector ? &key : same;
        }
    }
    return same;
}

bool hasOther(const Profile& profile, const Selector& selector, const std::string& fingerprint) {
    return std::ranges::any_of(profile.keys, [&](const SigningKey& key) {
        return key.selector == selector && key.fingerprint != fingerprint;
    });
}

} // namespace

tl::expected<Imports, Problem<VaultError>> storeKeys(const ServerFolder& folder, const Takeover& takeover,
                                                     Profile& profile, NewKeys& vault, std::chrono::sys_seconds now,
                                                     const std::stop_token& stop) {
    Imports imports{{}, takeover.left};
    for (const TakenKey& taken : takeover.taken) {
        const FoundKey& found = folder.keys[taken.key];
        const std::string fingerprint = found.key.fingerprint();
        const SigningKey* same = findSame(profile, taken, fingerprint);
        const Selector selector = same != nullptr ? same->selector : taken.selector;
        const auto leave = [&](LeftReason why) {
            for (const std::string& file : found.files) {
                imports.left.push_back({file, why, selector.toString(), {}});
            }
        };
        if (hasOther(profile, selector, fingerprint)) {
            leave(LeftReason::selectorTaken);
            continue;
        }
        const auto added = vault.store({profile.domain, selector}, found.key, stop);
        if (!added && added.error().code != VaultError::occupied) {
            return tl::unexpected(added.error());
        }
        if (!added) {
            leave(LeftReason::selectorTaken);
        } else if (same != nullptr && *added == NewKeys::Before::there) {
            leave(LeftReason::alreadyHere);
        } else if (same != nullptr) {
            imports.imported.push_back({*same, found.files, taken.evidence, taken.publication});
        } else {
            profile.keys.push_back(describe(found.key, selector, now));
            imports.imported.push_back({profile.keys.back(), found.files, taken.evidence, taken.publication});
        }
    }
    return imports;
}

} // namespace sealwright::takeover
