#pragma once

#include "base/problem.h"
#include "names/domainname.h"

#include <chrono>

namespace sealwright::mtasts {

enum class Mode {
    enforce, ///< Mail that can't be delivered over verified TLS is not delivered.
    testing, ///< It is delivered, and TLS reports tell of it.
    none,    ///< The policy is being taken back (section 8.3).
};

[[nodiscard]] std::string_view toString(Mode mode); ///< As the policy spells it.
[[nodiscard]] std::optional<Mode> modeFromString(std::string_view text);

inline constexpr std::chrono::seconds longestMaxAge{31'557'600}; ///< Section 3.2: a year.

/// One `mx:` line: a host, or with `*.` all hosts one label below a domain.
struct MxPattern {
    DomainName domain;
    bool wildcard = false;

    bool operator==(const MxPattern&) const = default;

    [[nodiscard]] std::string toString() const;
    [[nodiscard]] bool covers(const DomainName& mxHost) const; ///< Section 4.1.
    [[nodiscard]] static std::optional<MxPattern> parse(std::string_view text);
};

enum class PolicyError {
    tooLong,    ///< Over 64 kB, which is the most that senders are asked to take (section 3.3).
    badLine,    ///< Not `name: value`; where: the line, from 1.
    badVersion, ///< Not STSv1; where: the line.
    badMode,
    badMx,
    badMaxAge, ///< No number of seconds up to longestMaxAge.
    noVersion,
    noMode,
    noMx, ///< Needed in every mode but none.
    noMaxAge,
};

/// The file at https://mta-sts.<domain>/.well-known/mta-sts.txt (section 3.2).
struct Policy {
    Mode mode = Mode::testing;
    std::vector<MxPattern> mx;
    std::chrono::seconds maxAge{0}; ///< How long senders keep it.

    bool operator==(const Policy&) const = default;

    [[nodiscard]] bool covers(const DomainName& mxHost) const;
    [[nodiscard]] std::string toString() const; ///< As a file, lines ended by CR LF.
    /// Lines end in LF or CR LF; unknown fields are left out, and of a field that comes twice the first counts.
    [[nodiscard]] static tl::expected<Policy, Problem<PolicyError>> parse(std::string_view text);
};

/// The id we publish for a policy: the first 20 hex digits of the SHA-256 of its text as toString() writes it. So it
/// changes exactly when the policy does, and nobody has to remember to change it.
[[nodiscard]] std::string policyId(const Policy& policy);

/// _mta-sts.<domain>, where the record is; and mta-sts.<domain>, the host that serves the policy (section 3.3).
[[nodiscard]] tl::expected<DomainName, Problem<DomainNameError>> recordName(const DomainName& domain);
[[nodiscard]] tl::expected<DomainName, Problem<DomainNameError>> policyHost(const DomainName& domain);
inline constexpr std::string_view policyPath = "/.well-known/mta-sts.txt";

} // namespace sealwright::mtasts
