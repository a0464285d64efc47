#include "bimi/record.h"

#include "base/ascii.h"

#include <algorithm>

namespace sealwright::bimi {
namespace {

constexpr std::string_view version = "BIMI1";

bool isHttps(std::string_view uri) {
    constexpr std::string_view scheme = "https://";
    return lowered(uri.substr(0, scheme.size())) == scheme && uri.size() > scheme.size() &&
           uri.find_first_of(" \t\r\n") == std::string_view::npos;
}

} // namespace

bool isBimi(std::string_view text) {
    const auto list = TagList::parse(text.substr(0, text.find(';')));
    return list && list->tags.front() == Tag{"v", std::string(version)};
}

bool resemblesBimi(std::string_view text) {
    return !isBimi(text) && lowered(text.substr(0, longestQuote)).find("bimi1") != std::string::npos;
}

std::string Record::toString() const {
    TagList list{{{"v", std::string(version)}, {"l", l}}};
    if (!a.empty() || declines()) { // What declines says both (section 4.2.1).
        list.tags.push_back({"a", a});
    }
    list.tags.insert(list.tags.end(), others.begin(), others.end());
    return list.toString();
}

tl::expected<Record, Problem<RecordError>> Record::parse(std::string_view text) {
    if (!isBimi(text)) {
        return tl::unexpected(problem(RecordError::notBimi, text));
    }
    auto list = TagList::parse(text);
    if (!list) {
        return tl::unexpected(problem(RecordError::badTags, list.error().what, list.error().where));
    }
    Record record;
    const Tag* location = list->find("l");
    if (location == nullptr) {
        return tl::unexpected(problem(RecordError::noLocation, text));
    }
    record.l = location->value;
    if (!record.l.empty() && !isHttps(record.l)) {
        return tl::unexpected(problem(RecordError::badLocation, record.l, location->where));
    }
    if (const Tag* evidence = list->find("a")) {
        record.a = evidence->value;
        if (!record.a.empty() && !isHttps(record.a)) {
            return tl::unexpected(problem(RecordError::badEvidence, record.a, evidence->where));
        }
    }
    std::ranges::copy_if(list->tags, std::back_inserter(record.others),
                         [](const Tag& tag) { return tag.name != "v" && tag.name != "l" && tag.name != "a"; });
    return record;
}

tl::expected<DomainName, Problem<DomainNameError>> recordName(const DomainName& domain) {
    return domain.child("default._bimi");
}

} // namespace sealwright::bimi
