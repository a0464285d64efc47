#include "live/mailboxname.h"

#include "base/base64.h"

#include <algorithm>
#include <optional>

namespace sealwright {
namespace {

constexpr char32_t replacement = 0xFFFD;

bool isPrintable(char32_t c) {
    return c >= 0x20 && c <= 0x7E;
}

bool isSurrogate(char32_t c) {
    return c >= 0xD800 && c <= 0xDFFF;
}

/// Takes one character off UTF-8 (RFC 3629), at least one octet.
char32_t takeCharacter(std::string_view& utf8) {
    const auto first = static_cast<unsigned char>(utf8.front());
    utf8.remove_prefix(1);
    if (first < 0x80) {
        return first;
    }
    const std::size_t more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
    constexpr char32_t smallest[] = {0, 0x80, 0x800, 0x10000};
    char32_t character = first & (0x3FU >> more);
    const std::string_view tail = utf8.substr(0, more);
    const bool isWhole = first >= 0xC2 && first <= 0xF4 && tail.size() == more && std::ranges::all_of(tail, [](char c) {
                             return (static_cast<unsigned char>(c) & 0xC0U) == 0x80;
                         });
    if (!isWhole) {
        return replacement;
    }
    utf8.remove_prefix(more);
    for (const char c : tail) {
        character = character << 6U | (static_cast<unsigned char>(c) & 0x3FU);
    }
    return character < smallest[more] || character > 0x10FFFF || isSurrogate(character) ? replacement : character;
}

void appendUtf8(std::string& utf8, char32_t c) {
    const auto append = [&utf8](char32_t octet) { utf8 += static_cast<char>(static_cast<unsigned char>(octet)); };
    if (c < 0x80) {
        append(c);
    } else if (c < 0x800) {
        append(0xC0U | c >> 6U);
        append(0x80U | (c & 0x3FU));
    } else if (c < 0x10000) {
        append(0xE0U | c >> 12U);
        append(0x80U | (c >> 6U & 0x3FU));
        append(0x80U | (c & 0x3FU));
    } else {
        append(0xF0U | c >> 18U);
        append(0x80U | (c >> 12U & 0x3FU));
        append(0x80U | (c >> 6U & 0x3FU));
        append(0x80U | (c & 0x3FU));
    }
}

void appendUtf16(std::string& octets, char32_t c) {
    const auto append = [&octets](char32_t unit) {
        octets += static_cast<char>(static_cast<unsigned char>(unit >> 8U));
        octets += static_cast<char>(static_cast<unsigned char>(unit & 0xFFU));
    };
    if (c < 0x10000) {
        append(c);
    } else {
        append(0xD800 + ((c - 0x10000) >> 10U));
        append(0xDC00 + ((c - 0x10000) & 0x3FFU));
    }
}

/// Base64 with ',' for '/', and without padding.
std::string shifted(const std::string& utf16) {
    std::string text = base64Encode(utf16);
    text.erase(std::min(text.find('='), text.size()));
    std::ranges::replace(text, '/', ',');
    return '&' + text + '-';
}

/// What stands between '&' and '-', in UTF-8.
std::optional<std::string> unshifted(std::string_view text) {
    std::string padded(text);
    if (padded.find_first_of("/= \t\r\n") != std::string::npos) {
        return std::nullopt;
    }
    std::ranges::replace(padded, ',', '/');
    padded.append((4 - padded.size() % 4) % 4, '=');
    const auto octets = base64Decode(padded);
    if (!octets || octets->empty() || octets->size() % 2 != 0) {
        return std::nullopt;
    }
    const auto unitAt = [&octets](std::size_t at) {
        return static_cast<char32_t>(static_cast<unsigned char>((*octets)[at])) << 8U |
               static_cast<unsigned char>((*octets)[at + 1]);
    };
    std::string utf8;
    for (std::size_t at = 0; at < octets->size(); at += 2) {
        char32_t unit = unitAt(at);
        if (isSurrogate(unit)) {
            const char32_t second = at + 2 < octets->size() ? unitAt(at + 2) : 0;
            if (unit > 0xDBFF || second < 0xDC00 || second > 0xDFFF) {
                return std::nullopt;
            }
            unit = 0x10000 + ((unit - 0xD800) << 10U) + (second - 0xDC00);
            at += 2;
        }
        appendUtf8(utf8, unit);
    }
    return utf8;
}

} // namespace

std::string encodeMailboxName(std::string_view utf8) {
    std::string name;
    std::string utf16;
    const auto unshift = [&] {
        if (!utf16.empty()) {
            name += shifted(utf16);
            utf16.clear();
        }
    };
    while (!utf8.empty()) {
        const char32_t c = takeCharacter(utf8);
        if (isPrintable(c)) {
            unshift();
            name += c == '&' ? std::string("&-") : std::string(1, static_cast<char>(c));
        } else {
            appendUtf16(utf16, c);
        }
    }
    unshift();
    return name;
}

std::string decodeMailboxName(std::string_view name) {
    std::string utf8;
    std::string_view rest = name;
    while (!rest.empty()) {
        const auto plain = rest.substr(0, rest.find('&'));
        utf8 += plain;
        rest.remove_prefix(plain.size());
        if (rest.empty()) {
            break;
        }
        const auto end = rest.find('-');
        if (end == std::string_view::npos) {
            return std::string(name);
        }
        const auto text = end == 1 ? std::optional<std::string>("&") : unshifted(rest.substr(1, end - 1));
        if (!text) {
            return std::string(name);
        }
        utf8 += *text;
        rest.remove_prefix(end + 1);
    }
    return utf8;
}

} // namespace sealwright
