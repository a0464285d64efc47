#include "dmarc/record.h"

#include "base/ascii.h"

#include <algorithm>
#include <set>

namespace sealwright::dmarc {
namespace {

constexpr std::string_view version = "DMARC1"; // case matters (section 4.8)
constexpr std::size_t longestText = 65'535;    // RFC 1035 section 3.2.1: RDLENGTH
constexpr std::pair<std::string_view, Policy> policies[] = {
    {"none", Policy::none}, {"quarantine", Policy::quarantine}, {"reject", Policy::reject}};

template <class Value>
bool assign(std::optional<Value>& field, std::optional<Value> value) {
    field = std::move(value);
    return field.has_value();
}

std::optional<Alignment> alignmentFrom(std::string_view text) {
    return text == "r"   ? std::optional(Alignment::relaxed)
           : text == "s" ? std::optional(Alignment::strict)
                         : std::nullopt;
}

std::optional<PublicSuffix> publicSuffixFrom(std::string_view text) {
    return text == "y"   ? std::optional(PublicSuffix::yes)
           : text == "n" ? std::optional(PublicSuffix::no)
           : text == "u" ? std::optional(PublicSuffix::unknown)
                         : std::nullopt;
}

std::optional<bool> flagFrom(std::string_view text) {
    return text == "y" ? std::optional(true) : text == "n" ? std::optional(false) : std::nullopt;
}

// Section 4.8: 0 or 1, d, s, separated by colons.
std::optional<std::string> failureOptionsFrom(std::string_view text) {
    const bool known = text.find_first_not_of("01ds: ") == std::string_view::npos;
    return known && !text.empty() ? std::optional(std::string(text)) : std::nullopt;
}

// Section 4.7: URIs separated by commas; a comma inside one is percent-encoded. Those that are none are left out.
bool assignUris(std::vector<std::string>& field, std::string_view text) {
    bool allValid = true;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        const std::string_view uri = trimmed(text.substr(begin, end - begin));
        if (uri.find(':') != std::string_view::npos && !uri.starts_with(':')) {
            field.emplace_back(uri);
        } else {
            allValid = false;
        }
        begin = end + 1;
    }
    return allValid;
}

// Whether the tag is one of ours and its value means something; nothing where the tag is unknown.
std::optional<bool> take(const Tag& tag, Record& record) {
    const std::string value = lowered(tag.value);
    if (tag.name == "p") {
        return assign(record.p, policyFromString(value));
    }
    if (tag.name == "sp") {
        return assign(record.sp, policyFromString(value));
    }
    if (tag.name == "np") {
        return assign(record.np, policyFromString(value));
    }
    if (tag.name == "adkim") {
        return assign(record.adkim, alignmentFrom(value));
    }
    if (tag.name == "aspf") {
        return assign(record.aspf, alignmentFrom(value));
    }
    if (tag.name == "psd") {
        return assign(record.psd, publicSuffixFrom(value));
    }
    if (tag.name == "t") {
        return assign(record.t, flagFrom(value));
    }
    if (tag.name == "fo") {
        return assign(record.fo, failureOptionsFrom(value));
    }
    if (tag.name == "rua") {
        return assignUris(record.rua, tag.value);
    }
    if (tag.name == "ruf") {
        return assignUris(record.ruf, tag.value);
    }
    return std::nullopt;
}

std::string joinedByCommas(const std::vector<std::string>& uris) {
    std::string text;
    for (const std::string& uri : uris) {
        text += (text.empty() ? "" : ",") + uri;
    }
    return text;
}

std::string_view symbol(Alignment alignment) {
    return alignment == Alignment::relaxed ? "r" : "s";
}

std::string_view symbol(PublicSuffix psd) {
    switch (psd) {
    case PublicSuffix::yes:
        return "y";
    case PublicSuffix::no:
        return "n";
    case PublicSuffix::unknown:
        return "u";
    }
    return {};
}

std::optional<char> percentDecoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    if (text.size() < 3) {
        return std::nullopt;
    }
    const auto high = digits.find(lowered(text.substr(1, 1)));
    const auto low = digits.find(lowered(text.substr(2, 1)));
    if (high == std::string_view::npos || low == std::string_view::npos) {
        return std::nullopt;
    }
    return static_cast<char>(high * 16 + low);
}

} // namespace

std::string_view toString(Policy policy) {
    return std::ranges::find(policies, policy, &std::pair<std::string_view, Policy>::second)->first;
}

std::optional<Policy> policyFromString(std::string_view text) {
    const auto* const found = std::ranges::find(policies, text, &std::pair<std::string_view, Policy>::first);
    return found == std::end(policies) ? std::nullopt : std::optional(found->second);
}

bool isDmarc(std::string_view text) {
    // Section 4.7: "v" *WSP "=" *WSP "DMARC1", and nothing but white space up to the semicolon.
    const std::string_view first = text.substr(0, text.find(';'));
    const auto equals = first.find('=');
    return equals != std::string_view::npos && first.starts_with('v') && trimmed(first.substr(0, equals)) == "v" &&
           trimmed(first.substr(equals + 1)) == version;
}

bool resemblesDmarc(std::string_view text) {
    return !isDmarc(text) && lowered(text.substr(0, longestText)).find(lowered(version)) != std::string::npos;
}

std::string Record::toString() const {
    TagList list;
    const auto add = [&list](std::string_view name, std::string_view value) {
        list.tags.push_back({std::string(name), std::string(value)});
    };
    add("v", version);
    for (const auto& [name, policy] : {std::pair{"p", p}, {"sp", sp}, {"np", np}}) {
        if (policy) {
            add(name, dmarc::toString(*policy));
        }
    }
    for (const auto& [name, alignment] : {std::pair{"adkim", adkim}, {"aspf", aspf}}) {
        if (alignment) {
            add(name, symbol(*alignment));
        }
    }
    if (psd) {
        add("psd", symbol(*psd));
    }
    if (t) {
        add("t", *t ? "y" : "n");
    }
    if (fo) {
        add("fo", *fo);
    }
    if (!rua.empty()) {
        add("rua", joinedByCommas(rua));
    }
    if (!ruf.empty()) {
        add("ruf", joinedByCommas(ruf));
    }
    list.tags.insert(list.tags.end(), others.begin(), others.end());
    return list.toString();
}

tl::expected<Record, Problem<RecordError>> Record::parse(std::string_view text) {
    if (!isDmarc(text)) {
        return tl::unexpected(problem(RecordError::notDmarc, text));
    }
    if (text.size() > longestText) {
        return tl::unexpected(problem(RecordError::tooLong, text));
    }
    // Section 4.7: what is broken behind the version is ignored, tag by tag; so each is parsed on its own.
    Record record;
    std::set<std::string> names;
    for (std::size_t begin = text.find(';'); begin < text.size();) {
        const std::size_t end = std::min(text.find(';', begin + 1), text.size());
        const std::string_view part = text.substr(begin + 1, end - begin - 1);
        const auto single = TagList::parse(part);
        const bool empty = trimmed(part).empty(); // behind the last semicolon, or between two
        if (!single && !empty) {
            record.ignored.push_back({std::string(trimmed(part)), {}, begin + 1});
        } else if (single) {
            Tag tag = single->tags.front();
            tag.where += begin + 1;
            const bool first = names.insert(tag.name).second;
            const auto meaningful = first ? take(tag, record) : std::optional(false);
            if (!meaningful) {
                record.others.push_back(std::move(tag));
            } else if (!*meaningful) {
                record.ignored.push_back(std::move(tag));
            }
        }
        begin = end;
    }
    return record;
}

std::string mailtoUri(const EmailAddress& address) {
    std::string uri = "mailto:";
    for (const char c : address.toString()) {
        constexpr std::string_view digits = "0123456789ABCDEF";
        const auto octet = static_cast<unsigned char>(c);
        // RFC 6068 section 2 and RFC 9989 section 4.7: "," and "!" separate, ";" ends the tag, the rest would mislead a
        // URI reader.
        if (std::string_view(",!%;/?#[]&=`{|}^").find(c) != std::string_view::npos) {
            uri += {'%', digits[octet >> 4U], digits[octet & 0xFU]};
        } else {
            uri += c;
        }
    }
    return uri;
}

std::optional<EmailAddress> mailtoAddress(std::string_view uri) {
    constexpr std::string_view scheme = "mailto:";
    if (lowered(uri.substr(0, scheme.size())) != scheme) {
        return std::nullopt;
    }
    uri.remove_prefix(scheme.size());
    uri = uri.substr(0, uri.find_first_of("!?")); // the obsolete size limit, and header fields
    std::string text;
    for (std::size_t i = 0; i < uri.size(); ++i) {
        if (uri[i] != '%') {
            text += uri[i];
        } else if (const auto octet = percentDecoded(uri.substr(i))) {
            text += *octet;
            i += 2;
        } else {
            return std::nullopt;
        }
    }
    const auto address = EmailAddress::parse(text);
    return address ? std::optional(*address) : std::nullopt;
}

tl::expected<DomainName, Problem<DomainNameError>> reportAuthorizationName(const DomainName& domain,
                                                                           const DomainName& reportHost) {
    return reportHost.child(domain.toString() + "._report._dmarc");
}

} // namespace sealwright::dmarc
