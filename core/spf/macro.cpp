#include "spf/macro.h"

#include "base/ascii.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace sealwright::spf {
namespace {

constexpr std::size_t longestExpansion = 65'535; // No name or text of the DNS is longer.

// Section 7.1: macro-expand = "%{" macro-letter transformers *delimiter "}"
struct Macro {
    char letter;
    std::size_t parts = 0; ///< How many are kept, from the right; 0: all.
    bool reversed = false;
    std::string_view delimiters;
};

std::optional<Macro> parseMacro(std::string_view inner, MacroUse use) {
    const std::string_view letters = use == MacroUse::explanation ? "slodiphvcrt" : "slodiphv";
    if (inner.empty() || letters.find(lower(inner.front())) == std::string_view::npos) {
        return std::nullopt;
    }
    Macro macro{inner.front(), 0, false, "."};
    inner.remove_prefix(1);
    const std::string_view digits = inner.substr(0, inner.find_first_not_of("0123456789"));
    if (!digits.empty()) {
        const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), macro.parts);
        if (parsed.ec == std::errc::result_out_of_range) {
            macro.parts = 0; // More parts than there can be: all of them.
        } else if (macro.parts == 0) {
            return std::nullopt; // section 7.3: the number of parts must not be zero
        }
    }
    inner.remove_prefix(digits.size());
    if (!inner.empty() && lower(inner.front()) == 'r') {
        macro.reversed = true;
        inner.remove_prefix(1);
    }
    if (inner.find_first_not_of(".-+,/_=") != std::string_view::npos) {
        return std::nullopt;
    }
    if (!inner.empty()) {
        macro.delimiters = inner;
    }
    return macro;
}

const std::string& valueOf(char letter, const MacroValues& values) {
    switch (lower(letter)) {
    case 's':
        return values.sender;
    case 'l':
        return values.localPart;
    case 'o':
        return values.senderDomain;
    case 'd':
        return values.domain;
    case 'i':
        return values.dottedAddress;
    case 'p':
        return values.validatedName;
    case 'v':
        return values.addressKind;
    case 'h':
        return values.helo;
    case 'c':
        return values.address;
    case 'r':
        return values.receiver;
    default: // parseMacro lets no other letter through
        return values.secondsSinceEpoch;
    }
}

// Section 7.3: split at the delimiters, reversed, cut to the rightmost parts, joined by dots.
std::string transformed(std::string_view value, const Macro& macro) {
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0; begin <= value.size();) {
        const std::size_t end = std::min(value.find_first_of(macro.delimiters, begin), value.size());
        parts.push_back(value.substr(begin, end - begin));
        begin = end + 1;
    }
    if (macro.reversed) {
        std::ranges::reverse(parts);
    }
    if (macro.parts != 0 && macro.parts < parts.size()) {
        parts.erase(parts.begin(), parts.end() - static_cast<std::ptrdiff_t>(macro.parts));
    }
    std::string joined;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        joined.append(i == 0 ? "" : ".").append(parts[i]);
    }
    return joined;
}

// Section 7.3: a capital letter asks for URL escaping (RFC 3986 section 2.3 names what stays).
std::string urlEscaped(std::string_view text) {
    constexpr char digits[] = "0123456789ABCDEF";
    std::string escaped;
    for (const char c : text) {
        const bool stays = (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') ||
                           std::string_view("-._~").find(c) != std::string_view::npos;
        const auto octet = static_cast<unsigned char>(c);
        escaped += stays ? std::string(1, c) : std::string{'%', digits[octet >> 4U], digits[octet & 0xFU]};
    }
    return escaped;
}

std::string expandOne(std::string_view text, const MacroValues& values, MacroUse use) {
    switch (text[1]) {
    case '%':
        return "%";
    case '_':
        return " ";
    case '-':
        return "%20";
    default: // macroLength has seen that it is a macro
        break;
    }
    const auto macro = parseMacro(text.substr(2, text.size() - 3), use);
    const std::string value = transformed(valueOf(macro->letter, values), *macro);
    return macro->letter == lower(macro->letter) ? value : urlEscaped(value);
}

} // namespace

std::size_t macroLength(std::string_view text, MacroUse use) {
    if (text.size() < 2 || text.front() != '%') {
        return 0;
    }
    if (text[1] == '%' || text[1] == '_' || text[1] == '-') {
        return 2;
    }
    const auto end = text.find('}');
    if (text[1] != '{' || end == std::string_view::npos) {
        return 0;
    }
    return parseMacro(text.substr(2, end - 2), use) ? end + 1 : 0;
}

bool hasMacro(std::string_view text, char letter) {
    for (std::size_t at = text.find("%{"); at != std::string_view::npos; at = text.find("%{", at + 1)) {
        if (at + 2 < text.size() && lower(text[at + 2]) == letter) {
            return true;
        }
    }
    return false;
}

std::optional<std::string> expand(std::string_view text, const MacroValues& values, MacroUse use) {
    std::string expanded;
    while (!text.empty()) {
        if (expanded.size() > longestExpansion) {
            return std::nullopt;
        }
        if (text.front() != '%') {
            const std::string_view plain = text.substr(0, text.find('%'));
            expanded += plain;
            text.remove_prefix(plain.size());
            continue;
        }
        const std::size_t length = macroLength(text, use);
        if (length == 0) {
            return std::nullopt;
        }
        expanded += expandOne(text.substr(0, length), values, use);
        text.remove_prefix(length);
    }
    return expanded;
}

} // namespace sealwright::spf
