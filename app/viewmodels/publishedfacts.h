#pragma once

#include "plan/comparison.h"

#include <QString>

#include <vector>

namespace sealwright {

/// One line of what is published today, for people to read.
struct PublishedFact {
    QString title;     ///< "SPF"
    QString value;     ///< The record, or why there is nothing to show.
    QString hint;      ///< What that thing is, in a line.
    RecordState state; ///< present, differs (it is there and can't work), missing, unknown
};

/// MX, SPF and DMARC of the domain, and who hosts its DNS.
[[nodiscard]] std::vector<PublishedFact> publishedFacts(const DomainName& domain, const Published& published);

/// Of the zone the domain lives in; empty where that is not known.
[[nodiscard]] std::vector<DomainName> nameServers(const DomainName& domain, const Published& published);

} // namespace sealwright
