#pragma once

#include "base/taglist.h"
#include "names/domainname.h"

/// BIMI (draft-brand-indicators-for-message-identification): a logo beside mail that passes DMARC.
namespace sealwright::bimi {

enum class RecordError {
    notBimi, ///< Does not begin with v=BIMI1: another kind of TXT record.
    badTags, ///< No list of tags; what and where: the tag.
    noLocation,
    badLocation, ///< l= is neither empty nor an https: URI.
    badEvidence, ///< a= is neither empty nor an https: URI.
};

/// The TXT record at default._bimi.<domain> (section 4.2 of the draft).
struct Record {
    std::string l;           ///< Where the SVG is.
    std::string a;           ///< Where the certificate of the logo is; empty: none.
    std::vector<Tag> others; ///< Unknown tags, kept.

    bool operator==(const Record&) const = default;

    /// The domain says that it wants no logo shown (section 4.2.1).
    [[nodiscard]] bool declines() const { return l.empty() && a.empty(); }
    [[nodiscard]] std::string toString() const; ///< `v=BIMI1; l=…; a=…`
    [[nodiscard]] static tl::expected<Record, Problem<RecordError>> parse(std::string_view text);
};

[[nodiscard]] bool isBimi(std::string_view text);
/// It is no BIMI record, and was meant as one: quotes around it, another case.
[[nodiscard]] bool resemblesBimi(std::string_view text);

/// default._bimi.<domain>
[[nodiscard]] tl::expected<DomainName, Problem<DomainNameError>> recordName(const DomainName& domain);

} // namespace sealwright::bimi
