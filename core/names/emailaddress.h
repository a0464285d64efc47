#pragma once

#include "names/domainname.h"

namespace sealwright {

enum class EmailAddressError { empty, noAt, badLocalPart, badDomain };

/// A mailbox `local@domain` (RFC 5321 section 4.1.2) with a dot-string as its local part; no quoted local parts.
class EmailAddress {
public:
    [[nodiscard]] static tl::expected<EmailAddress, Problem<EmailAddressError>> parse(std::string_view text);

    [[nodiscard]] const std::string& localPart() const { return localPart_; }
    [[nodiscard]] const DomainName& domain() const { return domain_; }
    [[nodiscard]] std::string toString() const { return localPart_ + "@" + domain_.toString(); }
    auto operator<=>(const EmailAddress&) const = default;

private:
    EmailAddress(std::string localPart, DomainName domain)
        : localPart_(std::move(localPart)), domain_(std::move(domain)) {}

    std::string localPart_;
    DomainName domain_;
};

} // namespace sealwright
