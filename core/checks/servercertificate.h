#pragma once

#include "checks/network.h"

namespace sealwright {

enum class CertificateFault {
    untrusted,   ///< why, who issued it
    expired,     ///< date
    expiresSoon, ///< date: within two weeks, when a renewal that works would have been through
    notYetValid, ///< date
    wrongName,   ///< the names it is for
};

struct CertificateProblem {
    CertificateFault fault;
    std::vector<std::string> arguments; ///< As they stand behind the faults.

    bool operator==(const CertificateProblem&) const = default;
};

/// What is wrong with the certificate a server shows for this host.
[[nodiscard]] std::vector<CertificateProblem> problemsOf(const ShownCertificate& shown, const DomainName& host);

/// What a sender finds that demands verified TLS.
enum class VerifiedTls { yes, no, unknown };
[[nodiscard]] VerifiedTls verifiedTls(const SmtpSeen& seen, const DomainName& host);

/// Whether TLS did not come about, for a reason the server gave.
[[nodiscard]] bool lacksTls(const SmtpSeen& seen);

} // namespace sealwright
