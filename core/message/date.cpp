#include "message/date.h"

#include "base/ascii.h"
#include "message/cursor.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

namespace sealwright::message {
namespace {

using std::chrono::minutes;

std::optional<unsigned> number(std::string_view text, std::size_t mostDigits) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    return whole && text.size() <= mostDigits ? std::optional(value) : std::nullopt;
}

constexpr std::string_view monthNames[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<unsigned> monthOf(std::string_view text) {
    const auto* const found =
        std::ranges::find_if(monthNames, [text](std::string_view name) { return sameLetters(name, text); });
    return found == std::end(monthNames) ? std::nullopt : std::optional(static_cast<unsigned>(found - monthNames) + 1);
}

// Section 4.3: two digits are of 1950 to 2049.
std::optional<int> yearOf(std::string_view text) {
    const auto year = number(text, 4);
    if (!year || text.size() < 2) {
        return std::nullopt;
    }
    const unsigned full = text.size() == 2   ? *year + (*year < 50 ? 2000 : 1900)
                          : text.size() == 3 ? *year + 1900
                                             : *year;
    return static_cast<int>(full);
}

std::optional<std::chrono::seconds> timeOf(std::string_view text) {
    const auto colon = text.find(':');
    const auto second = text.find(':', std::min(colon, text.size() - 1) + 1);
    if (colon == std::string_view::npos) {
        return std::nullopt;
    }
    const auto hour = number(text.substr(0, colon), 2);
    const auto minute =
        number(text.substr(colon + 1, second == std::string_view::npos ? second : second - colon - 1), 2);
    const auto seconds = second == std::string_view::npos ? std::optional(0U) : number(text.substr(second + 1), 2);
    if (!hour || !minute || !seconds || *hour > 23 || *minute > 59 || *seconds > 60) {
        return std::nullopt;
    }
    return std::chrono::hours(*hour) + minutes(*minute) + std::chrono::seconds(*seconds);
}

// Section 4.3: names of zones; one that is not known, or none, says nothing of the place.
minutes zoneOf(std::string_view text) {
    if (text.size() == 5 && (text.front() == '+' || text.front() == '-')) {
        if (const auto value = number(text.substr(1), 4); value && *value % 100 < 60) {
            const auto offset = std::chrono::hours(*value / 100) + minutes(*value % 100);
            return text.front() == '+' ? offset : -offset;
        }
    }
    constexpr std::pair<std::string_view, int> names[] = {{"edt", -4}, {"est", -5}, {"cdt", -5}, {"cst", -6},
                                                          {"mdt", -6}, {"mst", -7}, {"pdt", -7}, {"pst", -8}};
    const auto* const found = std::ranges::find(names, lowered(text), &std::pair<std::string_view, int>::first);
    return found == std::end(names) ? minutes(0) : std::chrono::hours(found->second);
}

} // namespace

std::optional<std::chrono::sys_seconds> parseDate(std::string_view text) {
    Cursor cursor(text);
    const auto next = [&cursor] {
        cursor.skip();
        return cursor.word(",");
    };
    std::string first = next();
    cursor.skip();
    if (cursor.take(',')) { // behind the day of the week
        first = next();
    }
    const auto day = number(first, 2);
    const auto month = monthOf(next());
    const auto year = yearOf(next());
    const auto time = timeOf(next());
    const std::string zone = next();
    if (!day || !month || !year || !time) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(*month),
                                           std::chrono::day(*day)};
    return date.ok() ? std::optional(std::chrono::sys_days(date) + *time - zoneOf(zone)) : std::nullopt;
}

std::string formatDate(std::chrono::sys_seconds time) {
    constexpr const char* dayNames[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    const auto days = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(days);
    const std::chrono::hh_mm_ss clock(time - days);
    char text[64];
    std::snprintf(text, sizeof text, "%s, %02u %s %04d %02d:%02d:%02d +0000",
                  dayNames[std::chrono::weekday(days).c_encoding()], static_cast<unsigned>(date.day()),
                  monthNames[static_cast<unsigned>(date.month()) - 1].data(), static_cast<int>(date.year()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return text;
}

} // namespace sealwright::message
