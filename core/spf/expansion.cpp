#include "spf/evaluator.h"

#include <algorithm>

namespace sealwright::spf {
namespace {

constexpr std::size_t longestName = 253; // section 7.3

// Section 7.3: a name that is too long loses labels at its left.
std::string_view truncated(std::string_view name) {
    name.remove_suffix(name.ends_with('.') ? 1 : 0);
    while (name.size() > longestName) {
        const auto dot = name.find('.');
        if (dot == std::string_view::npos) {
            break;
        }
        name.remove_prefix(dot + 1);
    }
    return name;
}

// Section 7.3: the dotted form of i; the suite of the RFC has the nibbles of IPv6 in capitals.
std::string dotted(const IpAddress& address) {
    if (address.isV4()) {
        return address.toString();
    }
    constexpr char digits[] = "0123456789ABCDEF";
    std::string nibbles;
    for (const char c : address.octets()) {
        const auto octet = static_cast<unsigned char>(c);
        nibbles += {digits[octet >> 4U], '.', digits[octet & 0xFU], '.'};
    }
    nibbles.pop_back();
    return nibbles;
}

} // namespace

// Names and macros, RFC 7208 section 7.

std::optional<DomainName> Evaluator::target(std::string_view domainSpec, const DomainName& domain) {
    if (domainSpec.empty()) {
        return domain;
    }
    std::string expansion;
    if (domainSpec.find('%') != std::string_view::npos) {
        expansion = expand(domainSpec, valuesFor(domainSpec, domain), MacroUse::domainSpec).value_or("");
        domainSpec = expansion;
    }
    auto name = DomainName::parseExpanded(truncated(domainSpec));
    return name ? std::optional(std::move(*name)) : std::nullopt;
}

MacroValues Evaluator::valuesFor(std::string_view text, const DomainName& domain) {
    // Section 2.4: without a reverse-path, and section 4.3: without a local part, it is postmaster.
    const auto at = sender_.mailFrom.rfind('@');
    const bool hasLocalPart = at != std::string::npos && at != 0;
    MacroValues values;
    values.localPart = hasLocalPart ? sender_.mailFrom.substr(0, at) : "postmaster";
    values.senderDomain = senderDomain(sender_);
    values.sender = values.localPart + "@" + values.senderDomain;
    values.helo = sender_.helo;
    values.domain = domain.toString();
    values.address = client_.toString();
    values.dottedAddress = dotted(client_);
    values.addressKind = client_.isV4() ? "in-addr" : "ip6";
    values.receiver = sender_.receiver;
    values.secondsSinceEpoch = std::to_string(sender_.time.time_since_epoch().count());
    if (hasMacro(text, 'p')) {
        values.validatedName = validatedName(domain);
    }
    return values;
}

// Section 6.2: whatever goes wrong, there is no explanation, and the result stays. These look-ups don't count.
std::optional<std::string> Evaluator::explanation(const Record& record, const DomainName& domain) {
    const Modifier* exp = modifierOf(record, "exp");
    const auto name = exp == nullptr ? std::nullopt : target(exp->value, domain);
    if (!name) {
        return std::nullopt;
    }
    const std::vector<std::string> found = texts(lookups_.ask({*name, RecordType::txt}));
    const auto isPrintable = [](char c) { return c >= ' ' && c <= '~'; };
    if (found.size() != 1) {
        return std::nullopt;
    }
    auto text = expand(found.front(), valuesFor(found.front(), domain), MacroUse::explanation);
    return text && std::ranges::all_of(*text, isPrintable) ? text : std::nullopt;
}

// Section 5.5: names of the client's address whose addresses lead back to it. Errors are names that don't.
std::vector<DomainName> Evaluator::validatedNames() {
    const Answer& answer = lookups_.ask({*DomainName::parseDns(client_.reverseName()), RecordType::ptr});
    std::vector<DomainName> candidates = names(answer);
    candidates.resize(std::min(candidates.size(), mostNames), DomainName::root());
    std::vector<Question> questions;
    questions.reserve(candidates.size());
    for (const DomainName& candidate : candidates) {
        questions.push_back({candidate, addressType(client_)});
    }
    lookups_.prefetch(questions);
    std::erase_if(candidates, [this](const DomainName& candidate) {
        const auto found = addresses(lookups_.ask({candidate, addressType(client_)}));
        return std::ranges::find(found, client_) == found.end();
    });
    return candidates;
}

// Section 7.3, p: the domain itself, else a name below it, else any.
std::string Evaluator::validatedName(const DomainName& domain) {
    const std::vector<DomainName> found = validatedNames();
    const auto same = std::ranges::find(found, domain);
    const auto below = std::ranges::find_if(found, [&](const DomainName& one) { return one.isAtOrBelow(domain); });
    const auto best = same != found.end() ? same : below != found.end() ? below : found.begin();
    return best == found.end() ? "unknown" : best->toString();
}

} // namespace sealwright::spf
