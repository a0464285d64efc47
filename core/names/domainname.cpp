#include "names/domainname.h"

#include "base/ascii.h"
#include "names/ipaddress.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <idn2.h>

namespace sealwright {
namespace {

constexpr std::size_t longestName = 253; // as text, without the dot at the end (RFC 1035 section 2.3.4)
constexpr std::size_t longestLabel = 63;
constexpr std::size_t longestInput = 4 * longestName; // no U-label needs more than 4 octets where an A-label needs one

using Refusal = tl::unexpected<Problem<DomainNameError>>;

Refusal refuse(DomainNameError code, std::string_view what, std::size_t where = 0) {
    return Refusal(problem(code, what, where));
}

// What people paste has white space around it and a dot at the end.
std::string_view pasted(std::string_view text) {
    text = trimmed(text);
    if (text.size() > 1 && text.ends_with('.')) {
        text.remove_suffix(1);
    }
    return text;
}

bool isAscii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// RFC 5891 section 4, with the mapping of UTS 46 that people expect of what they type.
tl::expected<std::string, Problem<DomainNameError>> toALabels(std::string_view text) {
    const std::string input(text);
    char* output = nullptr;
    const int result = idn2_to_ascii_8z(input.c_str(), &output, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
    const std::string name(output == nullptr ? "" : output);
    idn2_free(output);
    switch (result) {
    case IDN2_OK:
        return name;
    case IDN2_TOO_BIG_LABEL:
        return refuse(DomainNameError::labelTooLong, text);
    case IDN2_TOO_BIG_DOMAIN:
        return refuse(DomainNameError::nameTooLong, text);
    default: // libidn2's codes are an int, and all others say that it is no name
        return refuse(DomainNameError::badIdn, text);
    }
}

// What a person may type for a mail domain; what the DNS may hold, where nobody checks labels; and what macros make.
enum class Strictness : std::uint8_t { typed, dns, expanded };

constexpr Strictness inNoName{0xFF};

constexpr Strictness strictestThatTakes(unsigned octet) {
    if ((octet >= 'a' && octet <= 'z') || (octet >= '0' && octet <= '9') || octet == '-') {
        return Strictness::typed;
    }
    if (octet == '_') {
        return Strictness::dns;
    }
    // A backslash would be an escape to those who ask the DNS.
    return octet >= ' ' && octet <= '~' && octet != '\\' ? Strictness::expanded : inNoName;
}

constexpr auto strictest = [] {
    std::array<Strictness, 256> table{};
    for (unsigned octet = 0; octet < table.size(); ++octet) {
        table[octet] = strictestThatTakes(octet);
    }
    return table;
}();

bool isAllowed(char c, Strictness strictness) {
    return strictest[static_cast<unsigned char>(c)] <= strictness;
}

std::optional<Problem<DomainNameError>> faultOfLabel(std::string_view label, std::size_t where, Strictness strictness) {
    if (label.empty()) {
        return problem(DomainNameError::emptyLabel, label, where);
    }
    if (label.size() > longestLabel) {
        return problem(DomainNameError::labelTooLong, label, where);
    }
    const auto bad = std::ranges::find_if(label, [strictness](char c) { return !isAllowed(c, strictness); });
    if (bad != label.end()) {
        const auto at = static_cast<std::size_t>(bad - label.begin());
        return problem(DomainNameError::badCharacter, label.substr(at, 1), where + at);
    }
    if (strictness == Strictness::typed && (label.front() == '-' || label.back() == '-')) {
        return problem(DomainNameError::hyphenAtEdge, label, where);
    }
    return std::nullopt;
}

// A label that says xn-- must be what its own U-label turns into (RFC 5891 section 5.4).
bool isValidALabel(std::string_view label) {
    const std::string input(label);
    char* unicode = nullptr;
    const int result = idn2_to_unicode_8z8z(input.c_str(), &unicode, 0);
    const auto back =
        result == IDN2_OK && unicode != nullptr ? toALabels(unicode) : refuse(DomainNameError::badIdn, label);
    idn2_free(unicode);
    return back && *back == label;
}

tl::expected<std::string, Problem<DomainNameError>> checkedName(std::string_view text, Strictness strictness) {
    if (text.size() > longestInput) {
        return refuse(DomainNameError::nameTooLong, text);
    }
    if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
        return refuse(DomainNameError::badCharacter, text.substr(nul, 1), nul);
    }
    std::string name;
    if (isAscii(text)) {
        name = lowered(text);
    } else if (auto converted = toALabels(text)) {
        name = std::move(*converted);
        name.resize(pasted(name).size()); // An ideographic full stop at the end has become a dot.
    } else {
        return tl::unexpected(converted.error());
    }
    std::size_t where = 0;
    for (const std::string_view rest = name; where <= rest.size();) {
        const std::string_view label = rest.substr(where, rest.find('.', where) - where);
        if (auto fault = faultOfLabel(label, where, strictness)) {
            return tl::unexpected(std::move(*fault));
        }
        if (strictness == Strictness::typed && label.starts_with("xn--") && !isValidALabel(label)) {
            return refuse(DomainNameError::badIdn, label, where);
        }
        where += label.size() + 1;
    }
    if (name.size() > longestName) {
        return refuse(DomainNameError::nameTooLong, text);
    }
    return name;
}

// Also as RFC 5321 section 4.1.3 writes it, and what only looks like one: no top-level domain is a number (RFC 1123
// section 2.1).
bool isAddress(std::string_view text) {
    if (text.starts_with('[') && text.ends_with(']')) {
        text = text.substr(1, text.size() - 2);
        text.remove_prefix(text.starts_with("IPv6:") ? 5 : 0);
    }
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    const std::string_view last = text.substr(text.rfind('.') + 1);
    return IpAddress::parse(text) || (last.size() < text.size() && !last.empty() && std::ranges::all_of(last, isDigit));
}

} // namespace

tl::expected<DomainName, Problem<DomainNameError>> DomainName::parse(std::string_view text) {
    text = pasted(text);
    if (text.empty()) {
        return refuse(DomainNameError::empty, text);
    }
    if (text.find("://") != std::string_view::npos) {
        return refuse(DomainNameError::isUrl, text);
    }
    if (text.size() <= longestInput && text.find('@') != std::string_view::npos) {
        return refuse(DomainNameError::isEmailAddress, text, text.find('@'));
    }
    if (isAddress(text)) {
        return refuse(DomainNameError::isAddress, text);
    }
    auto name = checkedName(text, Strictness::typed);
    if (!name) {
        return tl::unexpected(name.error());
    }
    if (isAddress(*name)) { // Digits and full stops of other scripts have become those of ASCII.
        return refuse(DomainNameError::isAddress, text);
    }
    if (name->find('.') == std::string::npos) {
        return refuse(DomainNameError::singleLabel, text);
    }
    return DomainName(std::move(*name));
}

tl::expected<DomainName, Problem<DomainNameError>> DomainName::parseDns(std::string_view text) {
    text = pasted(text);
    if (text.empty()) {
        return refuse(DomainNameError::empty, text);
    }
    if (text == ".") {
        return root();
    }
    auto name = checkedName(text, Strictness::dns);
    if (!name) {
        return tl::unexpected(name.error());
    }
    return DomainName(std::move(*name));
}

tl::expected<DomainName, Problem<DomainNameError>> DomainName::parseExpanded(std::string_view text) {
    if (text.size() > 1 && text.ends_with('.')) {
        text.remove_suffix(1);
    }
    auto name = checkedName(text, Strictness::expanded);
    if (!name) {
        return tl::unexpected(name.error());
    }
    return DomainName(std::move(*name));
}

DomainName DomainName::root() {
    return DomainName(".");
}

std::string DomainName::toUnicode() const {
    char* output = nullptr;
    const int result = idn2_to_unicode_8z8z(name_.c_str(), &output, 0);
    std::string name = result == IDN2_OK && output != nullptr ? output : name_;
    idn2_free(output);
    // What people read they may type: beside a U-label, rules hold for the others that they need not keep themselves.
    return name == name_ || toALabels(name) == name_ ? name : name_;
}

std::vector<std::string_view> DomainName::labels() const {
    std::vector<std::string_view> labels;
    if (isRoot()) {
        return labels;
    }
    const std::string_view name = name_;
    for (std::size_t begin = 0; begin <= name.size();) {
        const std::size_t end = std::min(name.find('.', begin), name.size());
        labels.push_back(name.substr(begin, end - begin));
        begin = end + 1;
    }
    return labels;
}

std::optional<DomainName> DomainName::parent() const {
    if (isRoot()) {
        return std::nullopt;
    }
    const auto dot = name_.find('.');
    return dot == std::string::npos ? root() : DomainName(name_.substr(dot + 1));
}

tl::expected<DomainName, Problem<DomainNameError>> DomainName::child(std::string_view labels) const {
    return parseDns(isRoot() ? std::string(labels) : std::string(labels) + "." + name_);
}

bool DomainName::isAtOrBelow(const DomainName& ancestor) const {
    if (ancestor.isRoot() || name_ == ancestor.name_) {
        return true;
    }
    return name_.size() > ancestor.name_.size() && name_.ends_with(ancestor.name_) &&
           name_[name_.size() - ancestor.name_.size() - 1] == '.';
}

} // namespace sealwright
