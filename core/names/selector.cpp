#include "names/selector.h"

#include <algorithm>
#include <cstdio>

namespace sealwright {
namespace {

constexpr std::size_t longestSelector = 200; // leaves room for ._domainkey. and a short domain in 253
constexpr std::size_t longestLabel = 63;

bool isSelectorCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

} // namespace

tl::expected<Selector, Problem<SelectorError>> Selector::parse(std::string_view text) {
    using Refusal = tl::unexpected<Problem<SelectorError>>;
    if (text.empty()) {
        return Refusal(problem(SelectorError::empty));
    }
    if (text.size() > longestSelector) {
        return Refusal(problem(SelectorError::tooLong, text));
    }
    std::string name(text);
    std::ranges::transform(name, name.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const auto bad = std::ranges::find_if_not(name, isSelectorCharacter);
    if (bad != name.end()) {
        const auto at = static_cast<std::size_t>(bad - name.begin());
        return Refusal(problem(SelectorError::badCharacter, text.substr(at, 1), at));
    }
    for (std::size_t begin = 0; begin <= name.size();) {
        const std::size_t end = std::min(name.find('.', begin), name.size());
        const std::string_view label = text.substr(begin, end - begin);
        if (label.empty()) {
            return Refusal(problem(SelectorError::badCharacter, ".", begin));
        }
        if (label.size() > longestLabel) {
            return Refusal(problem(SelectorError::labelTooLong, label, begin));
        }
        if (label.front() == '-' || label.back() == '-') {
            return Refusal(problem(SelectorError::hyphenAtEdge, label, begin));
        }
        begin = end + 1;
    }
    return Selector(std::move(name));
}

Selector Selector::forMonth(char letter, std::chrono::sys_seconds when) {
    const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(when));
    char text[24];
    std::snprintf(text, sizeof text, "%c%04d%02u", letter, static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()));
    return Selector(text);
}

tl::expected<DomainName, Problem<DomainNameError>> dkimKeyName(const Selector& selector, const DomainName& domain) {
    return domain.child(selector.toString() + "._domainkey");
}

} // namespace sealwright
