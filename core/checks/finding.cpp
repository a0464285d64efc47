#include "checks/finding.h"

#include <algorithm>

namespace sealwright {

std::string_view toString(Area area) {
    switch (area) {
    case Area::mx:
        return "mx";
    case Area::spf:
        return "spf";
    case Area::dkim:
        return "dkim";
    case Area::dmarc:
        return "dmarc";
    case Area::reports:
        return "reports";
    }
    return {};
}

std::optional<Area> areaFromString(std::string_view text) {
    const auto* const found = std::ranges::find(allAreas, text, [](Area area) { return toString(area); });
    return found == std::end(allAreas) ? std::nullopt : std::optional(*found);
}

} // namespace sealwright
