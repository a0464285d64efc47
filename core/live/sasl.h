#pragma once

#include "base/secretbytes.h"

namespace sealwright {

/// In base64, with CRLF behind it: a line of an AUTH command (RFC 4954 section 4, RFC 9051 section 6.2.2).
[[nodiscard]] SecretBytes saslLine(const SecretBytes& secret);
/// What the mechanism PLAIN sends (RFC 4616 section 2).
[[nodiscard]] SecretBytes saslPlain(std::string_view user, const SecretBytes& password);

} // namespace sealwright
