#include "takeover/keytable.h"

#include "base/ascii.h"

#include <algorithm>

namespace sealwright::takeover {
namespace {

constexpr std::string_view blanks = " \t\r";
constexpr std::size_t longestPath = 4096; // PATH_MAX

// opendkim.conf(5): a PEM key, or base64 of one, may stand where the path does.
bool isKey(std::string_view path) {
    constexpr std::string_view beginnings[] = {"-----BEGIN", "LS0tLS1CRUdJ", "MII"};
    return std::ranges::any_of(beginnings, [path](std::string_view begin) { return path.starts_with(begin); });
}

void read(std::string_view row, std::size_t number, KeyTable& table) {
    const std::string_view value = trimmed(row.substr(std::min(row.find_first_of(blanks), row.size())), blanks);
    const std::size_t first = value.find(':');
    const std::size_t second = value.find(':', first == std::string_view::npos ? first : first + 1);
    if (second != std::string_view::npos) {
        const std::string_view name = trimmed(value.substr(0, first));
        const auto domain = DomainName::parse(name);
        const auto selector = Selector::parse(trimmed(value.substr(first + 1, second - first - 1)));
        const std::string_view path = trimmed(value.substr(second + 1));
        if ((domain || name == "%") && selector && isKey(path)) {
            table.holdsKeys = true;
            return;
        }
        if ((domain || name == "%") && selector && !path.empty() && path.size() <= longestPath) {
            table.rows.push_back({domain ? std::optional(*domain) : std::nullopt, *selector, std::string(path)});
            return;
        }
    }
    if (table.firstBroken == 0) {
        table.firstBroken = number;
    }
}

} // namespace

KeyTable parseKeyTable(std::string_view text) {
    KeyTable table;
    std::size_t number = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string_view row = trimmed(text.substr(begin, end - begin));
        ++number;
        if (!row.empty() && row.front() != '#') {
            read(row, number, table);
        }
        begin = end + 1;
    }
    return table;
}

} // namespace sealwright::takeover
