#pragma once

#include "store/profilejson.h"

#include <QDir>

namespace sealwright {

/// One file per domain, <folder>/profiles/<domain>.json. Holds key references, never keys.
class ProfileStore {
public:
    explicit ProfileStore(const QDir& dataFolder);

    [[nodiscard]] std::vector<DomainName> list() const; ///< By name; files that are no domain's are passed over.
    [[nodiscard]] tl::expected<StoredProfile, Problem<ProfileError>> load(const DomainName& domain) const;
    /// All or nothing: a crash leaves the old file or the new one. Refuses where the file is another one than
    /// `stored.file`, which becomes the new one.
    [[nodiscard]] tl::expected<void, Problem<ProfileError>> save(StoredProfile& stored);
    [[nodiscard]] tl::expected<void, Problem<ProfileError>> remove(const DomainName& domain);
    [[nodiscard]] QString path(const DomainName& domain) const;

private:
    QDir folder_;
};

} // namespace sealwright
