#pragma once

#include "dane/tlsa.h"
#include "tls/certificate.h"

#include <span>

namespace sealwright::dane {

/// What a mail server showed in a TLS handshake.
struct Shown {
    std::span<const Certificate> chain; ///< Its own certificate first.
    std::span<const DomainName> names;  ///< Its certificate may be for any of these (RFC 7672 section 3.2.2).
    std::chrono::sys_seconds when;
};

/// Whether a sender that has these records takes the server for the one they are of (RFC 7671 section 5, RFC 7672
/// section 3.1): usage 3 wants no more than the certificate, usage 2 one that its authority has signed, with its name
/// and its dates. Empty where it does; else why not, in OpenSSL's words. Records that are not usable for SMTP don't
/// count.
[[nodiscard]] std::string whyNotAuthentic(std::span<const Tlsa> records, const Shown& shown);

} // namespace sealwright::dane
