#pragma once

#include "base/problem.h"
#include "checks/network.h"
#include "dns/resolver.h"
#include "tls/certificate.h"

namespace sealwright {

enum class LiveCertificateError {
    offline,
    unknownHost, ///< It has no address.
    dnsFailure,  ///< The DNS did not tell its addresses.
    notReached,  ///< what: why
    noTls,       ///< It was reached, and did not come as far as TLS.
};

/// The certificates that a mail server shows on port 25 at its addresses now, each key once. Names, dates and trust are
/// not looked at: it is what senders see.
[[nodiscard]] tl::expected<std::vector<Certificate>, Problem<LiveCertificateError>>
liveCertificates(const DomainName& host, Resolver& resolver, Network& network, const std::stop_token& stop);

} // namespace sealwright
