#pragma once

#include "checks/network.h"
#include "dns/answer.h"

#include <mutex>

namespace sealwright {

struct CheckInput;

/// One address of a mail server, and what it showed there.
struct ProbedAddress {
    IpAddress address;
    SmtpSeen seen;
};

struct ProbedServer {
    DomainName host;
    bool isSigned = false; ///< The DNS told its addresses with DNSSEC.
    std::vector<ProbedAddress> addresses;
};

/// What several checks of a run look at, and the servers are bothered for only once.
class Probes {
public:
    /// The servers of the domain's MX records, the first ten, at four addresses each at most. Nothing is in it where
    /// there are none, or the DNS did not tell. The first caller waits for the servers, all others for him.
    [[nodiscard]] const std::vector<ProbedServer>& mailServers(const CheckInput& input, const std::stop_token& stop);

private:
    std::once_flag once_;
    std::vector<ProbedServer> servers_;
};

/// How we call ourselves. Not after a name of the domain's: many servers refuse who comes with their own.
[[nodiscard]] DomainName probeHelo();

/// The hosts of an answer's MX records without the null MX, at most thirty.
[[nodiscard]] std::vector<DomainName> mailHosts(const Answer& mx);

} // namespace sealwright
