#pragma once

#include "lint/rules.h"

#include <map>

namespace sealwright::lint {

/// A router or transport of exim's configuration.
struct Driver {
    bool isTransport = false;
    std::string name;
    std::vector<Setting> settings; ///< Those that count: what .ifdef leaves out is not among them.

    [[nodiscard]] const Setting* find(std::string_view option) const; ///< Null where it is unset or empty.
    [[nodiscard]] bool is(std::string_view driver) const;
};

/// What exim reads: all its files together.
struct EximConfiguration {
    std::map<std::string, std::string, std::less<>> macros;
    std::vector<Setting> definitions; ///< Of the macros; later ones count.
    std::vector<Driver> drivers;
    bool hasRouters = false; ///< Some, though conditions may leave out all of them, as in Debian's template.

    /// With the values of macros in the place of their names.
    [[nodiscard]] std::string expanded(std::string_view value) const;
    [[nodiscard]] bool isUsed(const Driver& transport) const; ///< By a router; every one where there are no routers.
    [[nodiscard]] bool knowsUse() const;                      ///< Some router counts that names a transport.
};

[[nodiscard]] EximConfiguration readExim(const Files& files);

/// Which of the files count: Debian's exim reads one of two places (update-exim4.conf(8)), or exim4.conf alone.
[[nodiscard]] std::vector<bool> readByExim(const Files& files);
[[nodiscard]] std::string unquoted(std::string value); ///< Of update-exim4.conf.conf, which /bin/sh reads.

} // namespace sealwright::lint
