#pragma once

#include "dmarc/record.h"
#include "keys/keypair.h"
#include "mtasts/policy.h"
#include "names/emailaddress.h"
#include "names/ipaddress.h"
#include "names/selector.h"

#include <chrono>

namespace sealwright {

enum class DomainRole {
    sends,
    neverSends, ///< A name that must not be used in a From: (v=spf1 -all, null MX, p=reject).
};

/// The mail server software a bundle is for.
enum class Stack { exim4Debian, exim, postfixOpendkim, postfixRspamd };

[[nodiscard]] std::string_view toString(Stack stack); ///< As the command line names them: "exim4-debian", …
[[nodiscard]] std::optional<Stack> stackFromString(std::string_view text);
inline constexpr Stack allStacks[] = {Stack::exim4Debian, Stack::exim, Stack::postfixOpendkim, Stack::postfixRspamd};

/// What a bundle makes of the mail that comes in. Nothing is refused: RFC 9989 section 7.4 forbids a receiver to do
/// that only because of p=reject.
enum class Inbound {
    unchanged, ///< It is left alone.
    results,   ///< SPF, DKIM and DMARC, as far as the stack can, are written to Authentication-Results (RFC 8601).
};

[[nodiscard]] std::string_view toString(Inbound inbound); ///< As the command line names them.
[[nodiscard]] std::optional<Inbound> inboundFromString(std::string_view text);
inline constexpr Inbound allInbounds[] = {Inbound::unchanged, Inbound::results};

/// What is known of a key without the key itself, which is in the vault under (domain, selector).
struct SigningKey {
    Selector selector;
    KeyType type;
    int bits;
    std::string publicKey;   ///< p=, base64
    std::string fingerprint; ///< Tells a lost key from one that was never made.
    std::chrono::sys_seconds created;

    bool operator==(const SigningKey&) const = default;
};

[[nodiscard]] SigningKey describe(const KeyPair& key, Selector selector, std::chrono::sys_seconds created);

/// The MTA-STS policy (RFC 8461) that the domain is to have. Its hosts are the domain's MX hosts.
struct MtaSts {
    mtasts::Mode mode = mtasts::Mode::testing;
    std::chrono::seconds maxAge{86'400}; ///< How long senders keep it, at most mtasts::longestMaxAge.

    bool operator==(const MtaSts&) const = default;
};

/// With the max_age we recommend: a day while it may change any moment, a week once it is enforced.
[[nodiscard]] MtaSts mtaStsOf(mtasts::Mode mode);

/// What the user wants for one domain. Everything else is worked out from it.
struct Profile {
    DomainName domain;
    DomainRole role = DomainRole::sends;
    std::optional<DomainName> mailHost;       ///< The server's name, as it says HELO. Unset: not known yet.
    std::vector<IpNetwork> addresses;         ///< Further addresses that send for the domain.
    std::vector<DomainName> includes;         ///< Services that send for it, by the name of their SPF record.
    std::vector<SigningKey> keys;             ///< Those that sign, each with a selector of its own.
    std::optional<dmarc::Policy> policy;      ///< Unset: what is published stays; p=none where nothing is.
    std::vector<EmailAddress> reportsTo;      ///< rua=; empty: none asked for by the user (see defaultReportAddress).
    std::optional<MtaSts> mtaSts;             ///< Unset: none.
    std::vector<EmailAddress> tlsReportsTo;   ///< rua= of TLS-RPT; empty: none.
    std::vector<std::string> certificateKeys; ///< Of the mail host, the present and the next: SHA-256 of the public
                                              ///< key, as Certificate::publicKeyDigest. They become TLSA records.
    std::optional<Stack> stack;
    Inbound inbound = Inbound::unchanged;
    std::chrono::seconds ttl{300}; ///< 300 while setting up, 3600 after.

    explicit Profile(DomainName name) : domain(std::move(name)) {}
    bool operator==(const Profile&) const = default;
};

/// An address or network that may send for a domain: no wider than /16, or /32 of IPv6, which is all a provider has.
[[nodiscard]] tl::expected<IpNetwork, Problem<IpAddressError>> parseSender(std::string_view text);

/// The name of a service's SPF record, as `include:` takes it (RFC 7208 section 7.1): underscores may be in it, and it
/// ends as names of the Internet do. "include:" before it is taken away.
[[nodiscard]] tl::expected<DomainName, Problem<DomainNameError>> parseInclude(std::string_view text);

/// dmarc-reports@<domain>: reports inside the same domain need nobody's consent (RFC 9990 section 4).
[[nodiscard]] EmailAddress defaultReportAddress(const DomainName& domain);

/// Whom TLS reports go to where MTA-STS is wanted and nobody said: whoever gets the DMARC reports.
[[nodiscard]] std::vector<EmailAddress> tlsReportsBesideMtaSts(const Profile& profile);

/// SHA-256 in lower-case hex, as `certificateKeys` holds it.
[[nodiscard]] bool isSha256Hex(std::string_view text);

/// A selector that no key of the profile has: s (RSA) or e (Ed25519) and the month, then the letters behind it.
[[nodiscard]] Selector proposeSelector(const Profile& profile, KeyType type, std::chrono::sys_seconds now);

} // namespace sealwright
