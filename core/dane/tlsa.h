#pragma once

#include "base/problem.h"
#include "names/domainname.h"

/// DANE for SMTP, RFC 6698, RFC 7671 and RFC 7672: the DNS, signed, says which certificate a mail server shows.
namespace sealwright::dane {

enum class TlsaError {
    tooShort,  ///< Less than three octets, or without data.
    badNumber, ///< The three fields before the data are numbers from 0 to 255.
    badData,   ///< No hex, or not as long as the digest it is to be.
};

/// A TLSA record (RFC 6698 section 2). Numbers nobody has given a meaning yet are kept: such records are unusable.
struct Tlsa {
    std::uint8_t usage;        ///< 0 PKIX-TA, 1 PKIX-EE, 2 DANE-TA, 3 DANE-EE (RFC 7218)
    std::uint8_t selector;     ///< 0 the whole certificate, 1 its public key
    std::uint8_t matchingType; ///< 0 the data itself, 1 SHA-256, 2 SHA-512
    std::string data;          ///< Octets.

    bool operator==(const Tlsa&) const = default;

    [[nodiscard]] static tl::expected<Tlsa, Problem<TlsaError>> parse(std::string_view rdata); ///< Wire format.
    /// `3 1 1 <hex>`; the hex may be in several parts.
    [[nodiscard]] static tl::expected<Tlsa, Problem<TlsaError>> fromPresentation(std::string_view text);
    [[nodiscard]] std::string toString() const;

    /// Usages 2 and 3 with a selector and matching type that are known; senders pass over others (RFC 7672 section
    /// 3.1.3).
    [[nodiscard]] bool isUsableForSmtp() const;
};

/// The record we recommend: `3 1 1` (RFC 7671 section 5.1), of SHA-256 in hex as Certificate::publicKeyDigest gives it.
[[nodiscard]] tl::expected<Tlsa, Problem<TlsaError>> forPublicKey(std::string_view digest);

/// _25._tcp.<host> (RFC 7672 section 3.1)
[[nodiscard]] tl::expected<DomainName, Problem<DomainNameError>> tlsaName(const DomainName& host);

} // namespace sealwright::dane
