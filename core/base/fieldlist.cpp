#include "base/fieldlist.h"

#include "base/ascii.h"

#include <algorithm>

namespace sealwright {
namespace {

constexpr std::string_view whiteSpace = " \t";
constexpr std::size_t longestName = 32;

bool isAlphanumeric(char c) {
    return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9');
}

bool isNameCharacter(char c) {
    return isAlphanumeric(c) || c == '_' || c == '-' || c == '.';
}

// White space may stand around the commas of a list.
bool isValueCharacter(char c) {
    return (c >= '!' && c <= '~') || whiteSpace.find(c) != std::string_view::npos;
}

tl::expected<Tag, Problem<TagListError>> parseField(std::string_view field, std::size_t where) {
    const std::size_t equals = field.find('=');
    if (equals == std::string_view::npos) {
        return tl::unexpected(problem(TagListError::missingEquals, field, where));
    }
    const std::string_view name = field.substr(0, equals);
    if (!isFieldName(name)) {
        return tl::unexpected(problem(TagListError::badName, name, where));
    }
    const std::string_view value = field.substr(equals + 1);
    if (value.empty() || value != trimmed(value, whiteSpace) || !std::ranges::all_of(value, isValueCharacter)) {
        return tl::unexpected(problem(TagListError::badValue, value, where + equals + 1));
    }
    return Tag{std::string(name), std::string(value), where};
}

} // namespace

bool isFieldName(std::string_view text) {
    return !text.empty() && text.size() <= longestName && isAlphanumeric(text.front()) &&
           std::ranges::all_of(text, isNameCharacter);
}

bool hasVersion(std::string_view text, std::string_view version) {
    const std::string_view first = text.substr(0, text.find(';'));
    return first.size() < text.size() && first.starts_with(version) && trimmed(first, whiteSpace) == version;
}

const Tag* FieldList::find(std::string_view name) const {
    const auto found = std::ranges::find(fields, name, &Tag::name);
    return found == fields.end() ? nullptr : &*found;
}

tl::expected<FieldList, Problem<TagListError>> FieldList::parse(std::string_view text, std::string_view version) {
    if (!hasVersion(text, version)) {
        return tl::unexpected(problem(TagListError::badName, text));
    }
    FieldList list;
    for (std::size_t begin = text.find(';') + 1; begin <= text.size();) {
        const std::size_t end = std::min(text.find(';', begin), text.size());
        const std::string_view part = text.substr(begin, end - begin);
        const std::string_view field = trimmed(part, whiteSpace);
        const bool afterLastSemicolon = field.empty() && end == text.size() && !list.fields.empty();
        if (!afterLastSemicolon) {
            const std::size_t where = field.empty() ? begin : static_cast<std::size_t>(field.data() - text.data());
            auto parsed = parseField(field, where);
            if (!parsed) {
                return tl::unexpected(parsed.error());
            }
            list.fields.push_back(std::move(*parsed));
        }
        begin = end + 1;
    }
    return list;
}

} // namespace sealwright
