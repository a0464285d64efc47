#pragma once

#include "names/ipaddress.h"

#include <QString>

#include <span>

namespace sealwright {

/// A resolver that anybody may ask, and that hears so which domain somebody looks at.
struct PublicResolver {
    QString name;
    IpAddress address;
};

/// Large ones, each of another operator and with caches of its own.
[[nodiscard]] std::span<const PublicResolver> publicResolvers();

} // namespace sealwright
