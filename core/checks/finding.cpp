#include "checks/finding.h"

#include <algorithm>

namespace sealwright {

std::string_view toString(Area area) {
    switch (area) {
    case Area::delegation:
        return "delegation";
    case Area::mx:
        return "mx";
    case Area::senders:
        return "senders";
    case Area::spf:
        return "spf";
    case Area::dkim:
        return "dkim";
    case Area::dmarc:
        return "dmarc";
    case Area::reports:
        return "reports";
    case Area::mtaSts:
        return "mta-sts";
    case Area::tlsRpt:
        return "tls-rpt";
    case Area::dane:
        return "dane";
    case Area::smtp:
        return "smtp";
    case Area::blocklists:
        return "blocklists";
    case Area::bimi:
        return "bimi";
    }
    return {};
}

bool isOfRecords(Area area) {
    switch (area) {
    case Area::mx:
    case Area::spf:
    case Area::dkim:
    case Area::dmarc:
    case Area::reports:
    case Area::mtaSts:
    case Area::tlsRpt:
    case Area::dane:
    case Area::bimi:
        return true;
    case Area::delegation:
    case Area::senders:
    case Area::smtp:
    case Area::blocklists:
        return false;
    }
    return false;
}

std::optional<Area> areaFromString(std::string_view text) {
    const auto* const found = std::ranges::find(allAreas, text, [](Area area) { return toString(area); });
    return found == std::end(allAreas) ? std::nullopt : std::optional(*found);
}

} // namespace sealwright
