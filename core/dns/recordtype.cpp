#include "dns/recordtype.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sealwright {

namespace {

constexpr std::array<std::pair<RecordType, std::string_view>, 10> typeNames{{
    {RecordType::a, "A"},
    {RecordType::ns, "NS"},
    {RecordType::cname, "CNAME"},
    {RecordType::soa, "SOA"},
    {RecordType::ptr, "PTR"},
    {RecordType::mx, "MX"},
    {RecordType::txt, "TXT"},
    {RecordType::aaaa, "AAAA"},
    {RecordType::ds, "DS"},
    {RecordType::tlsa, "TLSA"},
}};

bool sameIgnoringCase(std::string_view a, std::string_view b) {
    const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; };
    return std::ranges::equal(a, b, {}, upper, upper);
}

} // namespace

std::string_view toString(RecordType type) {
    const auto* found = std::ranges::find(typeNames, type, &std::pair<RecordType, std::string_view>::first);
    return found == typeNames.end() ? std::string_view{} : found->second;
}

std::optional<RecordType> recordTypeFromString(std::string_view text) {
    for (const auto& [type, name] : typeNames) {
        if (sameIgnoringCase(name, text)) {
            return type;
        }
    }
    return std::nullopt;
}

} // namespace sealwright
