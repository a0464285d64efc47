#pragma once

#include "names/selector.h"

#include <vector>

namespace sealwright::takeover {

/// Which key signs for a domain, as a row of OpenDKIM's KeyTable says it: `name domain:selector:path`.
struct KeyTableRow {
    std::optional<DomainName> domain; ///< Unset: "%", whatever domain the mail is from.
    Selector selector;
    std::string path; ///< On the server.

    bool operator==(const KeyTableRow&) const = default;
};

struct KeyTable {
    std::vector<KeyTableRow> rows;
    std::size_t firstBroken = 0; ///< Line from 1; 0: none.
    bool holdsKeys = false;      ///< A row has the private key itself in the place of its path. It is not kept.
};

/// Any text: one that is no KeyTable has no rows. Nothing is copied but domains, selectors and paths.
[[nodiscard]] KeyTable parseKeyTable(std::string_view text);

} // namespace sealwright::takeover
