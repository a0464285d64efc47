#pragma once

#include "base/taglist.h"

/// SMTP TLS Reporting, RFC 8460: senders tell of deliveries that went wrong over TLS.
namespace sealwright::tlsrpt {

enum class RecordError {
    notTlsRpt, ///< Does not begin with "v=TLSRPTv1;": another kind of TXT record.
    badField,  ///< Against the grammar of section 3; what and where: the field.
    noRua,
    badUri, ///< Neither mailto: nor https:, or with a , ! or ; that is not percent-encoded.
};

/// The TXT record at _smtp._tls.<domain> (section 3). Only where exactly one is published does it count.
struct Record {
    std::vector<std::string> rua; ///< URIs as published.
    std::vector<Tag> others;      ///< Extensions, kept.

    bool operator==(const Record&) const = default;

    [[nodiscard]] std::string toString() const; ///< `v=TLSRPTv1; rua=…`
    [[nodiscard]] static tl::expected<Record, Problem<RecordError>> parse(std::string_view text);
};

[[nodiscard]] bool isTlsRpt(std::string_view text);
/// No TLS-RPT record by the letter, and surely meant as one: `v=TLSRPTv1`, `v=TLSRPT1; rua=…`.
[[nodiscard]] bool resemblesTlsRpt(std::string_view text);

inline constexpr std::string_view recordLabels = "_smtp._tls"; ///< Below the domain.

} // namespace sealwright::tlsrpt
