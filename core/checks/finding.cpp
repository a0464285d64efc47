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

std::string dateOf(std::chrono::sys_seconds time) {
    const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(time));
    const auto twoDigits = [](unsigned number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return std::to_string(static_cast<int>(day.year())) + "-" + twoDigits(static_cast<unsigned>(day.month())) + "-" +
           twoDigits(static_cast<unsigned>(day.day()));
}

} // namespace sealwright
