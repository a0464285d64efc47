#pragma once

#include <openssl/x509.h>

namespace sealwright::openssl {

/// Password-based encryption (RFC 8018) names its own cost. False where it would take more than some seconds of a
/// core: no program makes such keys, but a file can ask for days.
[[nodiscard]] bool isBearable(const X509_SIG& encrypted);

} // namespace sealwright::openssl
