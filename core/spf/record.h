#pragma once

#include "base/problem.h"
#include "names/ipaddress.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <variant>
#include <vector>

/// Sender Policy Framework, RFC 7208.
namespace sealwright::spf {

enum class Qualifier { pass, fail, softfail, neutral }; ///< + - ~ ?  (section 4.6.2)
enum class MechanismKind { all, include, a, mx, ptr, ip4, ip6, exists };

/// Section 5.
struct Mechanism {
    Qualifier qualifier = Qualifier::pass;
    MechanismKind kind = MechanismKind::all;
    std::string domainSpec;            ///< include, a, mx, ptr, exists; may hold macros; empty where left out.
    std::optional<IpNetwork> network;  ///< ip4, ip6
    std::optional<std::uint8_t> cidr4; ///< a, mx: /24
    std::optional<std::uint8_t> cidr6; ///< a, mx: //64

    bool operator==(const Mechanism&) const = default;
};

/// Section 6: redirect=, exp=, and unknown ones, which are kept.
struct Modifier {
    std::string name; ///< Lower case.
    std::string value;

    bool operator==(const Modifier&) const = default;
};

using Term = std::variant<Mechanism, Modifier>;

enum class RecordError {
    notSpf, ///< Does not begin with the version `v=spf1` (section 4.5): another kind of TXT record.
    unknownMechanism,
    badDomainSpec,
    badNetwork,
    badPrefixLength,
    missingValue,
    unexpectedValue,
    badModifier,
    duplicateModifier, ///< redirect= or exp= twice (section 6).
    badCharacter,      ///< Not printable ASCII.
    tooLong,           ///< Over 65,535 octets, which no record can hold.
};

/// One SPF record, its terms in order.
struct Record {
    std::vector<Term> terms;

    bool operator==(const Record&) const = default;

    [[nodiscard]] std::string toString() const;
    [[nodiscard]] static tl::expected<Record, Problem<RecordError>> parse(std::string_view text);
};

[[nodiscard]] std::string toString(const Mechanism& mechanism);
[[nodiscard]] std::string toString(const Modifier& modifier);
[[nodiscard]] std::string toString(const Term& term);
[[nodiscard]] tl::expected<Term, Problem<RecordError>> parseTerm(std::string_view text);

/// +all, and what is as good as that: ip4:0.0.0.0/0, a/0, mx//0.
[[nodiscard]] bool passesEverybody(const Term& term);

/// Section 4.5: whether a TXT record is an SPF record at all, broken or not.
[[nodiscard]] bool isSpf(std::string_view text);

} // namespace sealwright::spf
