#pragma once

#include "names/selector.h"

namespace sealwright::takeover {

/// The public half of a key, as key generators leave it beside the private one.
struct PublicHalf {
    std::string publicKey;            ///< As p= has it, base64; of a PEM file the SubjectPublicKeyInfo.
    std::optional<Selector> selector; ///< Where the file says it.
    std::optional<DomainName> domain; ///< Where the file says it.
};

/// `SELECTOR._domainkey[.DOMAIN] IN TXT ( "v=DKIM1; …" "…" ) ; ----- DKIM key SELECTOR for DOMAIN`, as opendkim-genkey
/// and rspamadm write it.
[[nodiscard]] std::optional<PublicHalf> readRecordFile(std::string_view text);

/// A PEM file of a public key (RFC 7468 section 13).
[[nodiscard]] std::optional<PublicHalf> readPublicPem(std::string_view text);

/// Whether it is the public half of the key whose p= this is.
[[nodiscard]] bool isHalfOf(const PublicHalf& half, const std::string& publicKey);

} // namespace sealwright::takeover
