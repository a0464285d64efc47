#pragma once

#include "names/domainname.h"

#include <cstdint>

namespace sealwright {

/// How a mail server's clients come to TLS. Without it no password is sent.
enum class MailSecurity {
    startTls, ///< Ports 587 (RFC 6409) and 143.
    tls,      ///< From the first octet on: ports 465 and 993 (RFC 8314).
};

/// A server that its users send mail through, or read it at.
struct MailServer {
    DomainName host;
    std::uint16_t port;
    MailSecurity security;

    bool operator==(const MailServer&) const = default;
};

enum class MailServerError {
    badHost,
    badPort, ///< what: what stands behind the colon.
};

/// HOST or HOST:PORT. Without a port 587; at 465 TLS comes first. smtps:// and smtp:// before it say whether TLS comes
/// first, whatever the port is.
[[nodiscard]] tl::expected<MailServer, Problem<MailServerError>> parseSubmissionServer(std::string_view text);
/// The same for IMAP: without a port 993; at 143 STARTTLS comes first; imaps:// and imap:// say so.
[[nodiscard]] tl::expected<MailServer, Problem<MailServerError>> parseImapServer(std::string_view text);

} // namespace sealwright
