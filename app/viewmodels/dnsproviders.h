#pragma once

#include "names/domainname.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <span>
#include <vector>

namespace sealwright {

/// A company whose name servers we know, from resources/dnsproviders.json.
struct DnsProvider {
    QString name;
    QStringList nameServers; ///< Patterns of their host names: *.ns.example.net
    QString where;           ///< The way through their web pages to the form, in their words.
    QStringList hints;       ///< Whole sentences on that form's peculiarities, translated.
};

[[nodiscard]] const std::vector<DnsProvider>& dnsProviders();
/// Who runs these name servers; nothing where we don't know them.
[[nodiscard]] std::optional<DnsProvider> providerOf(std::span<const DomainName> nameServers);

} // namespace sealwright
