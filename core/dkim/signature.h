#pragma once

#include "dkim/canonicalization.h"
#include "keys/keypair.h"
#include "names/domainname.h"

#include <chrono>

namespace sealwright::dkim {

enum class SignatureError {
    badTagList,
    missingTag, ///< One of v a b bh d h s (RFC 6376 section 3.5).
    badVersion,
    badAlgorithm,
    historicAlgorithm, ///< rsa-sha1: it must not be accepted any more (RFC 8301 section 3.1).
    badBase64,
    badCanonicalization,
    badDomain,
    badIdentity, ///< i= is not at or below d=.
    fromNotSigned,
    badNumber, ///< l=, t= or x=
    badQueryMethod,
};

/// A DKIM-Signature field (RFC 6376 section 3.5).
struct Signature {
    Signature(DomainName d, DomainName s)
        : domain(std::move(d)), selector(std::move(s)), identity("@" + domain.toString()) {}

    KeyType type = KeyType::rsa; ///< a=; always with sha256.
    std::string signature;       ///< b=, decoded.
    std::string bodyHash;        ///< bh=, decoded.
    Canonicalization header = Canonicalization::simple;
    Canonicalization body = Canonicalization::simple;
    DomainName domain;                                           ///< d=
    DomainName selector;                                         ///< s=, one label or more.
    std::string identity;                                        ///< i=, or @d where it is left out.
    std::vector<std::string> headers;                            ///< h=, in its order, as written.
    std::optional<std::uint64_t> bodyLength;                     ///< l=
    std::optional<std::chrono::sys_seconds> signedAt, expiresAt; ///< t=, x=

    /// `value`: what stands behind `DKIM-Signature:`.
    [[nodiscard]] static tl::expected<Signature, Problem<SignatureError>> parse(std::string_view value);
    /// Whether the domain part of i= is d= itself, as t=s in the key record demands.
    [[nodiscard]] bool isIdentityOfDomain() const;
};

/// The field as it is signed: with nothing behind b= (section 3.7).
[[nodiscard]] message::HeaderField withoutSignature(const message::HeaderField& field);

[[nodiscard]] std::string_view toString(SignatureError code); ///< A word for scripts.

} // namespace sealwright::dkim
