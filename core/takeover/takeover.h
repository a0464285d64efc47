#pragma once

#include "dns/resolver.h"
#include "takeover/serverfolder.h"

#include <chrono>

namespace sealwright::takeover {

/// What tells that a key is published, or used, under a selector of the domain; the surest first.
enum class Evidence {
    dns,        ///< It is published there.
    keyTable,   ///< OpenDKIM signs with it.
    recordFile, ///< The generator's own record lies beside it.
    path,       ///< Its path has domain and selector.
    fileName,   ///< Its name could be a selector. Counts only where the DNS is not asked.
};

[[nodiscard]] std::string_view toString(Evidence evidence); ///< "dns", "keyTable" …
[[nodiscard]] std::string_view toString(LeftReason reason);

enum class Publication {
    published,
    missing, ///< The DNS has no record there.
    unknown, ///< It was not asked.
};

[[nodiscard]] std::string_view toString(Publication publication);

struct TakenKey {
    std::size_t key; ///< Index in ServerFolder::keys.
    Selector selector;
    Evidence evidence;
    Publication publication;
};

struct Takeover {
    std::vector<TakenKey> taken; ///< Each key once, each selector once.
    std::vector<LeftFile> left;  ///< Those of the folder, and those whose selector is not known.
};

inline constexpr std::size_t mostSelectors = 200; ///< That the DNS is asked about.

/// Selectors that people and programs use: default, mail, s1 …, and the months of the last two years.
[[nodiscard]] std::vector<Selector> commonSelectors(std::chrono::sys_seconds now);

/// Finds out which keys of the folder are the domain's, and under which selectors. One round trip to the DNS, whose
/// word is worth more than any name's; without keys none. Never fails: what was not found out is in `left`.
[[nodiscard]] Takeover planTakeover(const ServerFolder& folder, const DomainName& domain, Resolver& resolver,
                                    std::chrono::sys_seconds now, const std::stop_token& stop);

} // namespace sealwright::takeover
