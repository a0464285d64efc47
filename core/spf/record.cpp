#include "spf/record.h"

#include "base/ascii.h"
#include "spf/macro.h"

#include <algorithm>
#include <charconv>

namespace sealwright::spf {
namespace {

using Refusal = tl::unexpected<Problem<RecordError>>;

constexpr std::string_view version = "v=spf1"; // section 4.5
constexpr std::size_t usualTerms = 32;
constexpr std::size_t longestText = 65'535; // RFC 1035 section 3.2.1: RDLENGTH
constexpr std::pair<std::string_view, MechanismKind> mechanismNames[] = {
    {"all", MechanismKind::all}, {"include", MechanismKind::include}, {"a", MechanismKind::a},
    {"mx", MechanismKind::mx},   {"ptr", MechanismKind::ptr},         {"ip4", MechanismKind::ip4},
    {"ip6", MechanismKind::ip6}, {"exists", MechanismKind::exists},
};

Refusal refuse(RecordError code, std::string_view what) {
    return Refusal(problem(code, what));
}

bool isLetter(char c) {
    return lower(c) >= 'a' && lower(c) <= 'z';
}
bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isMark(char c) { // of what stands behind a mechanism's name
    return c == ':' || c == '/';
}

// Section 7.1, macro-string: visible characters, with % only in a macro.
bool isMacroString(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = text.front() == '%' ? macroLength(text, MacroUse::domainSpec) : 1;
        if (length == 0 || text.front() < 0x21 || text.front() > 0x7E) {
            return false;
        }
        text.remove_prefix(length);
    }
    return true;
}

// Section 7.1: toplabel = ( *alphanum ALPHA *alphanum ) / ( 1*alphanum "-" *( alphanum / "-" ) alphanum )
bool isTopLabel(std::string_view label) {
    const bool characters = std::ranges::all_of(label, [](char c) { return isLetter(c) || isDigit(c) || c == '-'; });
    const bool notANumber = std::ranges::any_of(label, [](char c) { return !isDigit(c); });
    return !label.empty() && characters && notANumber && label.front() != '-' && label.back() != '-';
}

// Section 7.1, domain-spec: it ends in a macro, or in a dot and a top label.
bool isDomainSpec(std::string_view text) {
    if (text.empty() || !isMacroString(text)) {
        return false;
    }
    std::string_view rest = text;
    bool endsInMacro = false;
    while (!rest.empty()) {
        const std::size_t length = rest.front() == '%' ? macroLength(rest, MacroUse::domainSpec) : 1;
        endsInMacro = rest.front() == '%';
        rest.remove_prefix(length);
    }
    if (endsInMacro) {
        return true;
    }
    if (text.ends_with('.')) {
        text.remove_suffix(1);
    }
    const auto dot = text.rfind('.');
    return dot != std::string_view::npos && isTopLabel(text.substr(dot + 1));
}

std::optional<std::uint8_t> prefixLength(std::string_view digits, unsigned longest) {
    unsigned value = 0;
    const char* const end = digits.data() + digits.size();
    const auto [stopped, fault] = std::from_chars(digits.data(), end, value);
    const bool zeroAhead = digits.size() > 1 && digits.front() == '0'; // section 12, ip4-cidr-length
    if (digits.empty() || fault != std::errc() || stopped != end || value > longest || zeroAhead) {
        return std::nullopt;
    }
    return static_cast<std::uint8_t>(value);
}

// Takes `mark` and the digits behind it off the end of text; nothing where it does not end like that.
std::optional<std::string_view> takeNumber(std::string_view& text, std::string_view mark) {
    std::size_t digits = text.size();
    while (digits > 0 && isDigit(text[digits - 1])) {
        --digits;
    }
    if (digits == text.size() || !text.substr(0, digits).ends_with(mark)) {
        return std::nullopt;
    }
    const std::string_view number = text.substr(digits);
    text = text.substr(0, digits - mark.size());
    return number;
}

// Section 5.6, dual-cidr-length: takes `/24`, `//64` or `/24//64` off the end of text; a slash elsewhere is part of a
// name. Returns whether the numbers are possible.
bool takeDualCidr(std::string_view& text, Mechanism& mechanism) {
    const auto six = takeNumber(text, "//");
    const auto four = takeNumber(text, "/");
    mechanism.cidr6 = six ? prefixLength(*six, 128) : std::nullopt;
    mechanism.cidr4 = four ? prefixLength(*four, 32) : std::nullopt;
    return six.has_value() == mechanism.cidr6.has_value() && four.has_value() == mechanism.cidr4.has_value() &&
           !text.starts_with('/');
}

tl::expected<Term, Problem<RecordError>> parseNetwork(Mechanism mechanism, std::string_view value) {
    const auto network = IpNetwork::parse(value);
    if (!network) {
        const bool badPrefix = network.error().code == IpAddressError::badPrefixLength;
        return refuse(badPrefix ? RecordError::badPrefixLength : RecordError::badNetwork, value);
    }
    if (network->address.isV4() != (mechanism.kind == MechanismKind::ip4)) {
        return refuse(RecordError::badNetwork, value);
    }
    mechanism.network = *network;
    return mechanism;
}

// a, mx and ptr may have a domain-spec; a and mx a prefix length too. include and exists need a domain-spec.
tl::expected<Term, Problem<RecordError>> parseDomain(Mechanism mechanism, std::optional<std::string_view> value,
                                                     std::string_view whole) {
    const bool needed = mechanism.kind == MechanismKind::include || mechanism.kind == MechanismKind::exists;
    if (!value) {
        return needed ? tl::expected<Term, Problem<RecordError>>(refuse(RecordError::missingValue, whole)) : mechanism;
    }
    if (value->empty()) {
        return refuse(RecordError::missingValue, whole);
    }
    if (!isDomainSpec(*value)) {
        return refuse(RecordError::badDomainSpec, *value);
    }
    mechanism.domainSpec = *value;
    return mechanism;
}

tl::expected<Term, Problem<RecordError>> parseMechanism(std::string_view term) {
    Mechanism mechanism;
    constexpr std::string_view qualifiers = "+-~?";
    std::string_view rest = term;
    if (const auto at = qualifiers.find(rest.front()); at != std::string_view::npos) {
        mechanism.qualifier = static_cast<Qualifier>(at);
        rest.remove_prefix(1);
    }
    const auto nameEnd = static_cast<std::size_t>(std::ranges::find_if(rest, isMark) - rest.begin());
    const auto* const known = std::ranges::find_if(
        mechanismNames, [name = rest.substr(0, nameEnd)](const auto& each) { return sameLetters(each.first, name); });
    if (known == std::end(mechanismNames)) {
        return refuse(RecordError::unknownMechanism, term);
    }
    mechanism.kind = known->second;
    rest.remove_prefix(nameEnd);
    if (mechanism.kind == MechanismKind::a || mechanism.kind == MechanismKind::mx) {
        if (!takeDualCidr(rest, mechanism)) {
            return refuse(RecordError::badPrefixLength, term);
        }
    }
    if (!rest.empty() && rest.front() == '/') {
        return refuse(RecordError::unexpectedValue, term);
    }
    const auto value = rest.empty() ? std::nullopt : std::optional(rest.substr(1));
    switch (mechanism.kind) {
    case MechanismKind::all:
        return value ? tl::expected<Term, Problem<RecordError>>(refuse(RecordError::unexpectedValue, term)) : mechanism;
    case MechanismKind::ip4:
    case MechanismKind::ip6:
        return value ? parseNetwork(mechanism, *value) : refuse(RecordError::missingValue, term);
    case MechanismKind::include:
    case MechanismKind::a:
    case MechanismKind::mx:
    case MechanismKind::ptr:
    case MechanismKind::exists:
        break;
    }
    return parseDomain(mechanism, value, term);
}

// Section 12: name = ALPHA *( ALPHA / DIGIT / "-" / "_" / "." )
bool isModifierName(std::string_view name) {
    return !name.empty() && isLetter(name.front()) && std::ranges::all_of(name, [](char c) {
        return isLetter(c) || isDigit(c) || c == '-' || c == '_' || c == '.';
    });
}

tl::expected<Term, Problem<RecordError>> parseModifier(std::string_view term, std::size_t equals) {
    Modifier modifier{lowered(term.substr(0, equals)), std::string(term.substr(equals + 1))};
    const bool known = modifier.name == "redirect" || modifier.name == "exp";
    if (!isModifierName(modifier.name) || !isMacroString(modifier.value)) {
        return refuse(RecordError::badModifier, term);
    }
    if (known && !isDomainSpec(modifier.value)) {
        return refuse(RecordError::badDomainSpec, term);
    }
    return modifier;
}

std::string_view symbol(Qualifier qualifier) {
    switch (qualifier) {
    case Qualifier::pass:
        return "";
    case Qualifier::fail:
        return "-";
    case Qualifier::softfail:
        return "~";
    case Qualifier::neutral:
        return "?";
    }
    return {};
}

} // namespace

std::string toString(const Mechanism& mechanism) {
    std::string text(symbol(mechanism.qualifier));
    if (mechanism.kind == MechanismKind::all && mechanism.qualifier == Qualifier::pass) {
        text = "+"; // So that nobody overlooks it.
    }
    text +=
        std::ranges::find(mechanismNames, mechanism.kind, &std::pair<std::string_view, MechanismKind>::second)->first;
    if (mechanism.network) {
        text.append(":").append(mechanism.network->toString());
    }
    if (!mechanism.domainSpec.empty()) {
        text.append(":").append(mechanism.domainSpec);
    }
    if (mechanism.cidr4) {
        text.append("/").append(std::to_string(*mechanism.cidr4));
    }
    if (mechanism.cidr6) {
        text.append("//").append(std::to_string(*mechanism.cidr6));
    }
    return text;
}

std::string toString(const Modifier& modifier) {
    return modifier.name + "=" + modifier.value;
}

bool passesEverybody(const Term& term) {
    const auto* mechanism = std::get_if<Mechanism>(&term);
    if (mechanism == nullptr || mechanism->qualifier != Qualifier::pass) {
        return false;
    }
    return mechanism->kind == MechanismKind::all || (mechanism->network && mechanism->network->prefixLength == 0) ||
           mechanism->cidr4 == 0 || mechanism->cidr6 == 0;
}

bool isSpf(std::string_view text) {
    return sameLetters(text.substr(0, version.size()), version) &&
           (text.size() == version.size() || text[version.size()] == ' ');
}

std::string toString(const Term& term) {
    if (const auto* mechanism = std::get_if<Mechanism>(&term)) {
        return toString(*mechanism);
    }
    return toString(std::get<Modifier>(term));
}

tl::expected<Term, Problem<RecordError>> parseTerm(std::string_view text) {
    if (text.empty()) {
        return refuse(RecordError::missingValue, text);
    }
    const auto bad = std::ranges::find_if(text, [](char c) { return c < 0x21 || c > 0x7E; });
    if (bad != text.end()) {
        return refuse(RecordError::badCharacter, text);
    }
    // A modifier's name is followed by "=", a mechanism's by ":" or "/" or nothing.
    const auto mark = std::ranges::find_if(text, [](char c) { return c == '=' || isMark(c); });
    const bool isModifier = mark != text.end() && *mark == '=';
    return isModifier ? parseModifier(text, static_cast<std::size_t>(mark - text.begin())) : parseMechanism(text);
}

std::string Record::toString() const {
    std::string text(version);
    for (const Term& term : terms) {
        text += " " + spf::toString(term);
    }
    return text;
}

tl::expected<Record, Problem<RecordError>> Record::parse(std::string_view text) {
    if (!isSpf(text)) {
        return refuse(RecordError::notSpf, text);
    }
    if (text.size() > longestText) {
        return refuse(RecordError::tooLong, text);
    }
    Record record;
    record.terms.reserve(std::min(static_cast<std::size_t>(std::ranges::count(text, ' ')), usualTerms));
    for (std::size_t at = version.size(); at < text.size();) {
        if (text[at] == ' ') {
            ++at;
            continue;
        }
        const std::string_view word = text.substr(at, text.find(' ', at) - at);
        auto term = parseTerm(word);
        if (!term) {
            return Refusal({term.error().code, std::string(word.substr(0, longestQuote)), at});
        }
        if (const auto* modifier = std::get_if<Modifier>(&*term);
            modifier != nullptr && (modifier->name == "redirect" || modifier->name == "exp")) {
            const bool twice = std::ranges::any_of(record.terms, [modifier](const Term& earlier) {
                const auto* other = std::get_if<Modifier>(&earlier);
                return other != nullptr && other->name == modifier->name;
            });
            if (twice) {
                return Refusal(problem(RecordError::duplicateModifier, word, at));
            }
        }
        record.terms.push_back(std::move(*term));
        at += word.size();
    }
    return record;
}

} // namespace sealwright::spf
