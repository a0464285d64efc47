#pragma once

#include "names/selector.h"

namespace sealwright::takeover {

/// What a key file's path says of the key: `DOMAIN/SELECTOR.private`, `DOMAIN.SELECTOR.key`, `SELECTOR.DOMAIN.pem`,
/// `SELECTOR.private`, `DOMAIN.pem` and the like.
struct FileName {
    std::optional<Selector> selector;
    bool namesOurs = false;          ///< The domain that is looked for is in it.
    std::optional<DomainName> other; ///< Another domain is in it, and ours is not.
    std::vector<Selector> folders;   ///< Names of its folders that could be selectors.
};

/// `path`: below the folder that was given, with '/' between; `top`: that folder's own name, which may be the domain.
[[nodiscard]] FileName readFileName(std::string_view path, std::string_view top, const DomainName& domain);

/// As public keys and records are called: `.public`, `.pub`, `.txt`, `.crt` …
[[nodiscard]] bool isCalledPublic(std::string_view path);
/// As private keys are called: `.private`, `.pem`, `.key` …
[[nodiscard]] bool isCalledPrivate(std::string_view path);

} // namespace sealwright::takeover
