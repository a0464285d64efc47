#include "tlsrpt/record.h"

#include "base/ascii.h"
#include "base/fieldlist.h"

#include <algorithm>

namespace sealwright::tlsrpt {
namespace {

constexpr std::string_view version = "v=TLSRPTv1"; // case matters (section 3)

bool isReportUri(std::string_view uri) {
    const auto colon = uri.find(':');
    const std::string scheme = lowered(uri.substr(0, colon));
    return colon != std::string_view::npos && colon + 1 < uri.size() && (scheme == "mailto" || scheme == "https") &&
           uri.find_first_of(" \t!") == std::string_view::npos;
}

tl::expected<std::vector<std::string>, Problem<RecordError>> parseRua(const Tag& field) {
    std::vector<std::string> uris;
    const std::string_view value = field.value;
    for (std::size_t begin = 0; begin <= value.size();) {
        const std::size_t end = std::min(value.find(',', begin), value.size());
        const std::string_view uri = trimmed(value.substr(begin, end - begin), " \t");
        if (!isReportUri(uri)) {
            return tl::unexpected(problem(RecordError::badUri, uri, field.where));
        }
        uris.emplace_back(uri);
        begin = end + 1;
    }
    return uris;
}

} // namespace

bool isTlsRpt(std::string_view text) {
    return hasVersion(text, version);
}

bool resemblesTlsRpt(std::string_view text) {
    return !isTlsRpt(text) && lowered(text.substr(0, longestQuote)).find("tlsrpt") != std::string::npos;
}

std::string Record::toString() const {
    std::string text = std::string(version) + "; rua=";
    for (const std::string& uri : rua) {
        text += (&uri == &rua.front() ? "" : ",") + uri;
    }
    for (const Tag& tag : others) {
        text += "; " + tag.name + "=" + tag.value;
    }
    return text;
}

tl::expected<Record, Problem<RecordError>> Record::parse(std::string_view text) {
    if (!isTlsRpt(text)) {
        return tl::unexpected(problem(RecordError::notTlsRpt, text));
    }
    auto list = FieldList::parse(text, version);
    if (!list) {
        return tl::unexpected(problem(RecordError::badField, list.error().what, list.error().where));
    }
    const Tag* rua = list->find("rua");
    if (rua == nullptr) {
        return tl::unexpected(problem(RecordError::noRua, text));
    }
    auto uris = parseRua(*rua);
    if (!uris) {
        return tl::unexpected(uris.error());
    }
    std::erase_if(list->fields, [](const Tag& field) { return field.name == "rua"; });
    return Record{std::move(*uris), std::move(list->fields)};
}

} // namespace sealwright::tlsrpt
