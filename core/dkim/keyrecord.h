#pragma once

#include "base/taglist.h"
#include "keys/keypair.h"

/// DomainKeys Identified Mail, RFC 6376.
namespace sealwright::dkim {

enum class KeyRecordError {
    badTagList,
    badVersion, ///< v= is there, and not first or not DKIM1 (section 3.6.1).
    badKeyType, ///< k= is neither rsa nor ed25519 (RFC 8463).
    missingKey, ///< No p=.
    badKey,     ///< p= is not base64, or not a public key of the type.
    tooLong,    ///< Over 65,535 octets, which no record can hold.
};

/// The record at <selector>._domainkey.<domain> (section 3.6.1).
struct KeyRecord {
    KeyType type = KeyType::rsa;
    std::string publicKey;             ///< p=, base64 without white space; empty: revoked.
    std::vector<std::string> hashes;   ///< h=; empty: all
    std::vector<std::string> services; ///< s=; empty: all
    std::vector<std::string> flags;    ///< t=: "y" testing, "s" strict i=
    std::string notes;                 ///< n=, as published.
    std::vector<Tag> others;           ///< Unknown tags, kept.

    bool operator==(const KeyRecord&) const = default;

    /// `v=DKIM1; k=rsa; p=…`
    [[nodiscard]] std::string toString() const;
    [[nodiscard]] static tl::expected<KeyRecord, Problem<KeyRecordError>> parse(std::string_view text);
    [[nodiscard]] bool isRevoked() const { return publicKey.empty(); }
    [[nodiscard]] bool isTesting() const;
    /// h= and s= let it verify mail that is signed with sha256.
    [[nodiscard]] bool allowsMail() const;
};

} // namespace sealwright::dkim
