#pragma once

#include "base/problem.h"

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace sealwright {

enum class DomainNameError {
    empty,
    emptyLabel,
    labelTooLong, ///< Over 63 octets (RFC 1035 section 2.3.4).
    nameTooLong,  ///< Over 253 characters as text.
    badCharacter,
    hyphenAtEdge,   ///< A label begins or ends with a hyphen (RFC 1123 section 2.1).
    badIdn,         ///< Not a valid internationalized name (IDNA 2008).
    isAddress,      ///< An IP address where a name is wanted, or a name that ends in a number.
    isEmailAddress, ///< `user@example.org`: only the part behind the @ is a domain.
    isUrl,          ///< `https://example.org/`
    singleLabel,    ///< `localhost`, `org`: no mail domain.
};

/// A DNS name in A-label form, lower case, without the dot at the end. Always valid: what can't be one does not parse.
class DomainName {
public:
    /// What a person types for a mail domain or a host: letters, digits, hyphens, at least two labels; U-labels are
    /// converted (RFC 5891). White space around it and a dot at the end are taken away.
    [[nodiscard]] static tl::expected<DomainName, Problem<DomainNameError>> parse(std::string_view text);

    /// Any name of the DNS that mail records use: underscores, single labels, hyphens anywhere and A-labels that no
    /// registry would take (`_dmarc.example.org`, `org`).
    [[nodiscard]] static tl::expected<DomainName, Problem<DomainNameError>> parseDns(std::string_view text);

    /// What a macro of SPF expands to (RFC 7208 section 7.3): labels of any printable ASCII octets but the backslash.
    [[nodiscard]] static tl::expected<DomainName, Problem<DomainNameError>> parseExpanded(std::string_view text);

    /// The root, as the null MX names it (RFC 7505 section 3); prints as ".".
    [[nodiscard]] static DomainName root();

    [[nodiscard]] const std::string& toString() const { return name_; }
    /// U-labels where they exist, for people to read.
    [[nodiscard]] std::string toUnicode() const;
    [[nodiscard]] bool isRoot() const { return name_ == "."; }
    [[nodiscard]] std::vector<std::string_view> labels() const;

    /// The name without its leftmost label; the parent of a single label is the root, which has none.
    [[nodiscard]] std::optional<DomainName> parent() const;
    /// `labels` + "." + this, e.g. child("_dmarc").
    [[nodiscard]] tl::expected<DomainName, Problem<DomainNameError>> child(std::string_view labels) const;
    [[nodiscard]] bool isAtOrBelow(const DomainName& ancestor) const;

    auto operator<=>(const DomainName&) const = default;

private:
    explicit DomainName(std::string name) : name_(std::move(name)) {}

    std::string name_;
};

} // namespace sealwright
