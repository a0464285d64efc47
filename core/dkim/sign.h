#pragma once

#include "dkim/signature.h"

namespace sealwright::dkim {

/// What a signature is to say (RFC 6376 section 3.5).
struct SigningOptions {
    DomainName domain;
    DomainName selector;
    Canonicalization header = Canonicalization::relaxed;
    Canonicalization body = Canonicalization::relaxed;
    std::vector<std::string> headers = {}; ///< h=; From must be among them. A name once more than there are fields of
                                           ///< it keeps others from being added (section 8.15).
    std::optional<std::uint64_t> bodyLength = {}; ///< l=
    std::optional<std::chrono::sys_seconds> signedAt = {}, expiresAt = {};
};

/// The DKIM-Signature field to put on top of the message, with its CRLF; the algorithm is the key's. Empty where
/// OpenSSL fails. For test messages; the user's mail is signed by the mail server.
[[nodiscard]] std::string sign(std::string_view message, const KeyPair& key, const SigningOptions& options);

} // namespace sealwright::dkim
