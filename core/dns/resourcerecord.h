#pragma once

#include "dns/recordtype.h"
#include "names/domainname.h"

#include <chrono>
#include <string>

namespace sealwright {

/// A record we want published, or saw.
struct ResourceRecord {
    DomainName name;
    RecordType type;
    std::chrono::seconds ttl;
    std::string value; ///< TXT: the whole text, unquoted. Others: as in a zone file, names absolute with a dot.

    bool operator==(const ResourceRecord&) const = default;
};

} // namespace sealwright
