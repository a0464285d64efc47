#include "dmarc/policy.h"

#include <algorithm>

namespace sealwright::dmarc {
namespace {

// A tag that is there with a value that means nothing.
bool isInvalid(const Record& record, std::string_view tag, const std::optional<Policy>& value) {
    return !value && std::ranges::find(record.ignored, tag, &Tag::name) != record.ignored.end();
}

bool hasReportAddress(const Record& record) {
    return std::ranges::any_of(record.rua, [](const std::string& uri) { return mailtoAddress(uri).has_value(); });
}

} // namespace

std::optional<Policy> policyOf(const Record& record, Scope scope) {
    if (!record.p || isInvalid(record, "sp", record.sp) || isInvalid(record, "np", record.np)) {
        return hasReportAddress(record) ? std::optional(Policy::none) : std::nullopt;
    }
    const Policy below = record.sp.value_or(*record.p);
    switch (scope) {
    case Scope::own:
        return record.p;
    case Scope::below:
        return below;
    case Scope::belowNonexistent:
        return record.np.value_or(below);
    }
    return std::nullopt;
}

std::vector<std::string> dmarcTexts(const Answer& answer) {
    std::vector<std::string> found = texts(answer);
    std::erase_if(found, [](const std::string& text) { return !isDmarc(text); });
    return found;
}

} // namespace sealwright::dmarc
