#include "names/emailaddress.h"

#include <algorithm>

namespace sealwright {
namespace {

constexpr std::size_t longestLocalPart = 64; // RFC 5321 section 4.5.3.1.1

// RFC 5322 section 3.2.3: atext
bool isAtomCharacter(char c) {
    constexpr std::string_view special = "!#$%&'*+-/=?^_`{|}~";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           special.find(c) != std::string_view::npos;
}

} // namespace

tl::expected<EmailAddress, Problem<EmailAddressError>> EmailAddress::parse(std::string_view text) {
    using Refusal = tl::unexpected<Problem<EmailAddressError>>;
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    if (text.empty()) {
        return Refusal(problem(EmailAddressError::empty));
    }
    const auto at = text.rfind('@');
    if (at == std::string_view::npos) {
        return Refusal(problem(EmailAddressError::noAt, text));
    }
    const std::string_view localPart = text.substr(0, at);
    if (localPart.empty() || localPart.size() > longestLocalPart) {
        return Refusal(problem(EmailAddressError::badLocalPart, localPart));
    }
    const auto bad = std::ranges::find_if_not(localPart, [](char c) { return isAtomCharacter(c) || c == '.'; });
    if (bad != localPart.end()) {
        const auto where = static_cast<std::size_t>(bad - localPart.begin());
        return Refusal(problem(EmailAddressError::badLocalPart, localPart.substr(where, 1), where));
    }
    if (localPart.front() == '.' || localPart.back() == '.' || localPart.find("..") != std::string_view::npos) {
        return Refusal(problem(EmailAddressError::badLocalPart, localPart));
    }
    auto domain = DomainName::parse(text.substr(at + 1));
    if (!domain) {
        return Refusal(problem(EmailAddressError::badDomain, domain.error().what, at + 1 + domain.error().where));
    }
    return EmailAddress(std::string(localPart), std::move(*domain));
}

} // namespace sealwright
