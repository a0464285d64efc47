#include "message/authresults.h"

#include "base/ascii.h"
#include "message/cursor.h"

#include <algorithm>

namespace sealwright::message {
namespace {

constexpr std::size_t mostResults = 100;

// `=value`, with white space around the sign.
std::optional<std::string> assignment(Cursor& cursor, std::string_view ends) {
    cursor.skip();
    if (!cursor.take('=')) {
        return std::nullopt;
    }
    cursor.skip();
    return cursor.word(ends);
}

// `type.name=value`, or `reason=value`.
void readProperty(Cursor& cursor, MethodResult& result) {
    const std::string name = lowered(cursor.word("=;"));
    const auto value = assignment(cursor, ";");
    if (!value) {
        return;
    }
    const auto dot = name.find('.');
    if (name == "reason") {
        result.reason = *value;
    } else if (dot != std::string::npos) {
        result.properties.push_back({name.substr(0, dot), name.substr(dot + 1), *value});
    }
}

// `method/version=result`, then its properties; nothing where it is `none`.
std::optional<MethodResult> readResult(Cursor cursor) {
    MethodResult result;
    cursor.skip();
    result.method = lowered(cursor.word("/=;"));
    cursor.skip();
    if (cursor.take('/')) {
        cursor.skip();
        cursor.word("=");
    }
    const auto word = assignment(cursor, ";");
    if (!word || result.method.empty()) {
        return std::nullopt;
    }
    result.result = lowered(*word);
    for (cursor.skip(); !cursor.atEnd(); cursor.skip()) {
        const std::size_t before = cursor.rest().size();
        readProperty(cursor, result);
        if (cursor.rest().size() == before) {
            cursor.take(cursor.peek()); // a stray mark
        }
    }
    return result;
}

} // namespace

std::string_view MethodResult::property(std::string_view type, std::string_view name) const {
    const auto found = std::ranges::find_if(
        properties, [&](const Property& property) { return property.type == type && property.name == name; });
    return found == properties.end() ? std::string_view() : std::string_view(found->value);
}

AuthenticationResults AuthenticationResults::parse(std::string_view value) {
    AuthenticationResults all;
    Cursor cursor(value);
    Cursor head(cursor.until(";"));
    head.skip();
    // Some servers leave their name out, and begin with the first result.
    if (head.rest().find('=') != std::string_view::npos) {
        if (auto result = readResult(head)) {
            all.results.push_back(std::move(*result));
        }
    } else {
        all.server = lowered(head.word(";"));
    }
    while (cursor.take(';') && all.results.size() < mostResults) {
        if (auto result = readResult(Cursor(cursor.until(";")))) {
            all.results.push_back(std::move(*result));
        }
    }
    return all;
}

} // namespace sealwright::message
