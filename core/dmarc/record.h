#pragma once

#include "base/taglist.h"
#include "names/emailaddress.h"

#include <optional>

/// DMARC, RFC 9989 (aggregate reports: RFC 9990).
namespace sealwright::dmarc {

enum class Policy { none, quarantine, reject };
enum class Alignment { relaxed, strict };
enum class PublicSuffix { yes, no, unknown }; ///< psd=

enum class RecordError {
    notDmarc, ///< Does not begin with v=DMARC1 (section 4.7): another kind of TXT record.
    tooLong,  ///< Over 65,535 octets, which no record can hold.
};

/// Section 4.8. An invalid value of a tag counts as the tag left out (section 4.7); it is kept in `ignored`.
struct Record {
    std::optional<Policy> p, sp, np;
    std::optional<Alignment> adkim, aspf;
    std::optional<PublicSuffix> psd;
    std::optional<bool> t; ///< t=y: apply one level lower
    std::optional<std::string> fo;
    std::vector<std::string> rua, ruf; ///< URIs as published, obsolete !size kept.
    std::vector<Tag> others;           ///< pct, rf, ri of RFC 7489 and unknown tags, kept.
    std::vector<Tag> ignored;          ///< Known tags with values that mean nothing, or given before.

    bool operator==(const Record&) const = default;

    /// `v=DMARC1; p=…; …`, p second for old readers; `ignored` left out.
    [[nodiscard]] std::string toString() const;
    [[nodiscard]] static tl::expected<Record, Problem<RecordError>> parse(std::string_view text);
};

[[nodiscard]] bool isDmarc(std::string_view text);
/// No DMARC record by the letter, and surely meant as one: `v=dmarc1`, `DMARC1; p=none`.
[[nodiscard]] bool resemblesDmarc(std::string_view text);
[[nodiscard]] std::string_view toString(Policy policy);
[[nodiscard]] std::optional<Policy> policyFromString(std::string_view text);

/// `mailto:` URI with `,` `!` and `%` percent-encoded (section 4.7), and back; nothing where it is not a mailto:.
[[nodiscard]] std::string mailtoUri(const EmailAddress& address);
[[nodiscard]] std::optional<EmailAddress> mailtoAddress(std::string_view uri);

/// `<domain>._report._dmarc.<reportHost>` (RFC 9990 section 4), or nameTooLong.
[[nodiscard]] tl::expected<DomainName, Problem<DomainNameError>> reportAuthorizationName(const DomainName& domain,
                                                                                         const DomainName& reportHost);

} // namespace sealwright::dmarc
