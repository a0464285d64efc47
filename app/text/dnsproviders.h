#pragma once

#include "checks/finding.h"
#include "dns/resolver.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <span>
#include <vector>

namespace sealwright {

/// A company whose name servers we know, from resources/dnsproviders.json, where `source` is what was read about its
/// form (or what others quote from there) and `checked` on which day; without them it is from hearsay.
struct DnsProvider {
    QString name;
    QStringList nameServers; ///< Patterns of their host names: *.ns.example.net
    QString where;           ///< The way through their web pages to the form, in their words.
    QStringList hints;       ///< Whole sentences on that form's peculiarities, translated.
    QString nameField;       ///< What the form calls the field for the name; empty where we don't know.
    QString apex;            ///< What stands for the domain itself there: @, or nothing.
    QStringList codes;       ///< The hints as the file has them.
};

[[nodiscard]] const std::vector<DnsProvider>& dnsProviders();
/// Who runs these name servers; nothing where we don't know them.
[[nodiscard]] std::optional<DnsProvider> providerOf(std::span<const DomainName> nameServers);

/// The same for the zone that this domain lives in, by asking.
[[nodiscard]] std::optional<DnsProvider> providerAt(const DomainName& domain, Resolver& resolver,
                                                    const std::stop_token& stop);

/// Whether what was found comes from the form that the record was entered in, so that knowing the form helps.
[[nodiscard]] bool isSlip(FindingCode code);
/// What the provider's form wants in the field where the slip happened; empty where we don't know.
[[nodiscard]] QString formHint(const DnsProvider& provider, FindingCode code);

} // namespace sealwright
