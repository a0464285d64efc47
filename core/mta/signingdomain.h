#pragma once

#include "mta/configset.h"

namespace sealwright {

/// A domain that a server is to sign for, with the keys its signer can use, RSA first (RFC 8463 section 5: verifiers
/// that know only one of the two must find theirs; some look at the first signature only).
struct SigningDomain {
    DomainName domain;
    std::vector<SigningKey> keys;
};

/// The domains of `profiles` that sign on that stack; deeper names first, so that a table read from the top finds a
/// subdomain with a key of its own before its parent's wildcard.
[[nodiscard]] std::vector<SigningDomain> signingDomains(Stack stack, std::span<const Profile> profiles);

/// The parts of a ConfigSet, one function per file of configuration.
void addEximDebianConfig(ConfigSet& set, std::span<const SigningDomain> domains);
void addEximConfig(ConfigSet& set, std::span<const SigningDomain> domains);
void addOpendkim(ConfigSet& set, std::span<const SigningDomain> domains);
void addRspamd(ConfigSet& set, std::span<const SigningDomain> domains);
void addPostfixConfig(ConfigSet& set); ///< That of the set's stack.

} // namespace sealwright
