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

std::optional<Area> areaFromString(std::string_view text) {
    const auto* const found = std::ranges::find(allAreas, text, [](Area area) { return toString(area); });
    return found == std::end(allAreas) ? std::nullopt : std::optional(*found);
}

} // namespace sealwright
