#pragma once

#include "text/dnsproviders.h"
#include "text/findingtext.h"

#include <QJsonArray>

#include <vector>

namespace sealwright::cli {

/// With what the form of the provider wants, where that is known and explains a slip.
[[nodiscard]] FindingText textOf(const Finding& finding, const std::optional<DnsProvider>& provider);

/// For people: areas in which all is well, or nobody was asked, a line each (unless verbose), then the others: each
/// finding with its mark, what was found, why it matters and what to do, the most urgent first.
[[nodiscard]] QString findingListing(const DomainName& domain, const std::vector<Finding>& findings,
                                     const std::optional<DnsProvider>& provider, bool verbose);

[[nodiscard]] QJsonArray toJson(const std::vector<Finding>& findings, const std::optional<DnsProvider>& provider);

/// A finding about a file: where, the line that stands there and the one that should, each maybe empty.
struct LineFinding {
    QString place;
    QString line;
    QString mended;
    Severity severity;
    FindingText words;
};
[[nodiscard]] QString listed(const LineFinding& finding);

} // namespace sealwright::cli
