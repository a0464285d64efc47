#include "base/taglist.h"

#include "base/ascii.h"

#include <algorithm>
#include <set>

namespace sealwright {

namespace {

constexpr std::string_view foldingSpace = " \t\r\n";

bool isAlpha(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isNameCharacter(char c) {
    return isAlpha(c) || (c >= '0' && c <= '9') || c == '_';
}

bool isName(std::string_view text) {
    return !text.empty() && isAlpha(text.front()) && std::ranges::all_of(text, isNameCharacter);
}

/// VALCHAR of RFC 6376 section 3.2, and the white space between them.
bool isValueCharacter(char c) {
    return (c >= '!' && c <= '~') || foldingSpace.find(c) != std::string_view::npos;
}

tl::expected<Tag, Problem<TagListError>> parseTag(std::string_view spec, std::size_t where) {
    const std::size_t equals = spec.find('=');
    if (equals == std::string_view::npos) {
        return tl::unexpected(problem(TagListError::missingEquals, spec, where));
    }
    const std::string_view name = trimmed(spec.substr(0, equals), foldingSpace);
    if (!isName(name)) {
        return tl::unexpected(problem(TagListError::badName, name, where));
    }
    const std::string_view value = trimmed(spec.substr(equals + 1), foldingSpace);
    const auto bad = std::ranges::find_if_not(value, isValueCharacter);
    if (bad != value.end()) {
        return tl::unexpected(
            problem(TagListError::badValue, value, where + static_cast<std::size_t>(bad - spec.begin())));
    }
    return Tag{std::string(name), std::string(value), where};
}

} // namespace

const Tag* TagList::find(std::string_view name) const {
    const auto found = std::ranges::find(tags, name, &Tag::name);
    return found == tags.end() ? nullptr : &*found;
}

std::string TagList::toString() const {
    std::string text;
    for (const Tag& tag : tags) {
        text += (text.empty() ? "" : "; ") + tag.name + "=" + tag.value;
    }
    return text;
}

std::string tagNames(const std::vector<Tag>& tags) {
    std::string names;
    for (const Tag& tag : tags) {
        names += (names.empty() ? "" : ", ") + tag.name;
    }
    return names;
}

tl::expected<TagList, Problem<TagListError>> TagList::parse(std::string_view text) {
    TagList list;
    std::set<std::string, std::less<>> names;
    std::size_t begin = 0;
    do {
        const std::size_t end = std::min(text.find(';', begin), text.size());
        const std::string_view spec = trimmed(text.substr(begin, end - begin), foldingSpace);
        const bool afterLastSemicolon = spec.empty() && end == text.size() && begin > 0;
        if (!afterLastSemicolon) {
            const std::size_t where = spec.empty() ? begin : static_cast<std::size_t>(spec.data() - text.data());
            auto tag = parseTag(spec, where);
            if (!tag) {
                return tl::unexpected(tag.error());
            }
            if (!names.insert(tag->name).second) {
                return tl::unexpected(problem(TagListError::duplicateTag, tag->name, where));
            }
            list.tags.push_back(std::move(*tag));
        }
        begin = end + 1;
    } while (begin <= text.size());
    return list;
}

} // namespace sealwright
