#include "lint/eximrules.h"

#include <algorithm>

namespace sealwright::lint {
namespace {

// What is not in braces that close before the path does: `/dir/${dkim_domain}.pem`.
std::string_view pathIn(std::string_view value) {
    const auto begin = value.find('/');
    if (begin == std::string_view::npos) {
        return {};
    }
    int depth = 0;
    std::size_t end = begin;
    for (; end < value.size(); ++end) {
        depth += value[end] == '{' ? 1 : value[end] == '}' ? -1 : 0;
        if (depth < 0 || value[end] == ' ') {
            break;
        }
    }
    return value.substr(begin, end - begin);
}

// The slash that ends the part of a path that begins at `at`; those in braces do not count.
std::size_t endOfPart(std::string_view path, std::size_t at) {
    int depth = 0;
    for (; at < path.size(); ++at) {
        depth += path[at] == '{' ? 1 : path[at] == '}' ? -1 : 0;
        if (depth <= 0 && path[at] == '/') {
            break;
        }
    }
    return at;
}

// What the next pair of braces holds; `at` is left behind it.
std::string_view group(std::string_view value, std::size_t& at) {
    const auto begin = std::min(value.find('{', std::min(at, value.size())), value.size());
    int depth = 0;
    for (at = begin; at < value.size(); ++at) {
        depth += value[at] == '{' ? 1 : value[at] == '}' ? -1 : 0;
        if (depth == 0) {
            return value.substr(begin + 1, at++ - begin - 1);
        }
    }
    return {};
}

std::string found(std::string_view name, std::string_view options, std::string_view folder, std::string_view then) {
    return std::string("${lookup{")
        .append(name)
        .append("}dsearch,")
        .append(options)
        .append("{")
        .append(folder)
        .append("}{")
        .append(then)
        .append("}{0}}");
}

} // namespace

std::string cleanKeyPath(std::string_view value) {
    const std::string_view path = pathIn(value);
    std::size_t begin = 0; // of the first part that is made from the mail
    std::size_t end = 0;
    while (end < path.size() && path.substr(begin, end - begin).find('$') == std::string_view::npos) {
        begin = end + 1;
        end = endOfPart(path, begin);
    }
    const std::string_view part = path.substr(std::min(begin, path.size()), end - std::min(begin, end));
    if (begin < 2 || part.find('$') == std::string_view::npos) {
        return {};
    }
    const std::string_view folder = path.substr(0, begin - 1);
    if (end == path.size()) {
        return found(part, "ret=full", folder, "$value");
    }
    const std::string_view rest = path.substr(end + 1);
    if (rest.find('$') == std::string_view::npos) {
        return found(part, "filter=subdir,ret=full", folder, std::string("$value/").append(rest));
    }
    if (endOfPart(rest, 0) != rest.size()) {
        return {};
    }
    return found(part, "filter=subdir,ret=full", folder, found(rest, "ret=full", "$value", "$value"));
}

std::string keyPathPattern(std::string_view value) {
    constexpr std::string_view lookup = "${lookup";
    const auto begin = value.find(lookup);
    if (begin == std::string_view::npos) {
        return std::string(pathIn(value));
    }
    std::size_t at = begin + lookup.size();
    const std::string_view name = group(value, at);
    const bool inFolder = value.substr(std::min(at, value.size())).starts_with("dsearch");
    const std::string_view folder = group(value, at);
    const std::string_view then = group(value, at);
    if (!inFolder || !folder.starts_with('/') || !then.starts_with("$value")) {
        return {};
    }
    constexpr std::size_t behindValue = std::string_view("$value").size();
    return std::string(folder).append("/").append(name).append(then.substr(behindValue));
}

} // namespace sealwright::lint
