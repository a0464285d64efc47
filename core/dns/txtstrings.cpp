#include "dns/txtstrings.h"

#include <algorithm>

namespace sealwright {

namespace {

constexpr std::size_t longestString = 255;

} // namespace

void appendEscaped(std::string& out, char octet, std::string_view special) {
    const auto value = static_cast<unsigned char>(octet);
    if (value < 0x20 || value > 0x7e) {
        out += '\\';
        for (const int place : {100, 10, 1}) {
            out += static_cast<char>('0' + value / place % 10);
        }
        return;
    }
    if (special.find(octet) != std::string_view::npos) {
        out += '\\';
    }
    out += octet;
}

std::vector<std::string> txtStrings(std::string_view text) {
    std::vector<std::string> strings;
    do {
        strings.emplace_back(text.substr(0, longestString));
        text.remove_prefix(std::min(text.size(), longestString));
    } while (!text.empty());
    return strings;
}

std::string quotedTxt(std::string_view text) {
    std::string out;
    for (const std::string& string : txtStrings(text)) {
        out += out.empty() ? "\"" : " \"";
        std::ranges::for_each(string, [&out](char c) { appendEscaped(out, c, "\"\\"); });
        out += '"';
    }
    return out;
}

} // namespace sealwright
