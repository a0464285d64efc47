#pragma once

#include "lint/eximconfiguration.h"

/// What the rules of exim share.
namespace sealwright::lint {

/// The settings that make one signature: of the macros, or of a transport. Null: unset.
struct Signer {
    const Setting* domain = nullptr;
    const Setting* selector = nullptr;
    const Setting* key = nullptr;
    const Setting* headers = nullptr;
    const Setting* strict = nullptr;
    const Setting* canon = nullptr;
};

void lintSigner(const Signer& signer, const EximConfiguration& exim, Findings& findings);
/// Transports that do not sign, or that nothing uses; DKIM where exim has none.
void lintTransports(const EximConfiguration& exim, Findings& findings);

[[nodiscard]] Signer signerOf(const Driver& transport);
[[nodiscard]] Signer macroSigner(const EximConfiguration& exim);
[[nodiscard]] bool isAboutDkim(const Setting& setting);

/// What finds a key's file with dsearch, so that no part of its path comes from the mail; empty where that can't be
/// made of `value`.
[[nodiscard]] std::string cleanKeyPath(std::string_view value);
/// The path of a key with exim's variables in it; empty where it can't be told.
[[nodiscard]] std::string keyPathPattern(std::string_view value);

/// A line of our own bundles, so that both say the same.
[[nodiscard]] std::string eximLineOfOurs(std::string_view macro);
[[nodiscard]] std::string indentationOf(const Setting& setting);
/// The setting with another value, at the place where it begins.
[[nodiscard]] std::string mendedLine(const Setting& setting, std::string_view value);

} // namespace sealwright::lint
