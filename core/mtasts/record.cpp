#include "mtasts/record.h"

#include "base/ascii.h"
#include "base/fieldlist.h"

#include <algorithm>

namespace sealwright::mtasts {
namespace {

constexpr std::string_view version = "v=STSv1"; // case matters (section 3.1)
constexpr std::size_t longestId = 32;

bool isId(std::string_view text) {
    return !text.empty() && text.size() <= longestId && std::ranges::all_of(text, [](char c) {
        return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9');
    });
}

} // namespace

bool isMtaSts(std::string_view text) {
    return hasVersion(text, version);
}

bool resemblesMtaSts(std::string_view text) {
    return !isMtaSts(text) && lowered(text.substr(0, longestQuote)).find("stsv1") != std::string::npos;
}

std::string Record::toString() const {
    std::string text = std::string(version) + "; id=" + id + ";";
    for (const Tag& tag : others) {
        text += " " + tag.name + "=" + tag.value + ";";
    }
    return text;
}

tl::expected<Record, Problem<RecordError>> Record::parse(std::string_view text) {
    if (!isMtaSts(text)) {
        return tl::unexpected(problem(RecordError::notMtaSts, text));
    }
    auto list = FieldList::parse(text, version);
    if (!list) {
        return tl::unexpected(problem(RecordError::badField, list.error().what, list.error().where));
    }
    Record record;
    for (Tag& field : list->fields) {
        if (field.name != "id") {
            record.others.push_back(std::move(field));
        } else if (!isId(field.value)) {
            return tl::unexpected(problem(RecordError::badId, field.value, field.where));
        } else if (!record.id.empty()) {
            return tl::unexpected(problem(RecordError::doubleId, field.value, field.where));
        } else {
            record.id = field.value;
        }
    }
    if (record.id.empty()) {
        return tl::unexpected(problem(RecordError::noId, text));
    }
    return record;
}

} // namespace sealwright::mtasts
