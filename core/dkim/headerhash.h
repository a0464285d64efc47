#pragma once

#include "dkim/canonicalization.h"

#include <span>

namespace sealwright::dkim {

/// SHA-256 of the signed header fields and of the DKIM-Signature field, whose b= is left empty (RFC 6376 section 3.7).
/// Of several fields with one name the last counts first; a name without a field left counts as nothing (5.4.2).
[[nodiscard]] std::string headerHash(const message::Header& header, std::span<const std::string> names,
                                     const message::HeaderField& signature, Canonicalization canonicalization);

} // namespace sealwright::dkim
