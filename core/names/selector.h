#pragma once

#include "names/domainname.h"

#include <chrono>

namespace sealwright {

enum class SelectorError { empty, badCharacter, labelTooLong, tooLong, hyphenAtEdge };

/// The selector of a DKIM key (RFC 6376 section 3.1): labels of letters, digits and hyphens; lower case.
class Selector {
public:
    [[nodiscard]] static tl::expected<Selector, Problem<SelectorError>> parse(std::string_view text);

    /// `<letter>YYYYMM`: short, dated, and taken by every registrar's form.
    [[nodiscard]] static Selector forMonth(char letter, std::chrono::sys_seconds when);

    [[nodiscard]] const std::string& toString() const { return name_; }
    auto operator<=>(const Selector&) const = default;

private:
    explicit Selector(std::string name) : name_(std::move(name)) {}

    std::string name_;
};

/// `<selector>._domainkey.<domain>` (RFC 6376 section 3.6.2.1), or nameTooLong.
[[nodiscard]] tl::expected<DomainName, Problem<DomainNameError>> dkimKeyName(const Selector& selector,
                                                                             const DomainName& domain);

} // namespace sealwright
