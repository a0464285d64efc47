#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sealwright::message {

/// One method's word in an Authentication-Results field (RFC 8601 section 2.2). Words in lower case, values as written.
struct MethodResult {
    struct Property {
        std::string type; ///< smtp, header, body, policy
        std::string name; ///< d, s, i, b, from, mailfrom, …
        std::string value;
    };

    std::string method; ///< dkim, spf, dmarc, arc, iprev, …
    std::string result; ///< pass, fail, …
    std::string reason;
    std::vector<Property> properties;

    /// The value of `type.name`, or empty.
    [[nodiscard]] std::string_view property(std::string_view type, std::string_view name) const;
};

/// What a receiving server found out about a message.
struct AuthenticationResults {
    std::string server; ///< authserv-id: who says so. Empty where it is left out, against the standard.
    std::vector<MethodResult> results;

    /// `value`: what stands behind `Authentication-Results:`. What can't be read is passed over.
    [[nodiscard]] static AuthenticationResults parse(std::string_view value);
};

} // namespace sealwright::message
