#pragma once

#include "live/transfer.h"
#include "live/truststore.h"

namespace sealwright {

/// One conversation with a mail server: greeting, EHLO, STARTTLS, QUIT.
[[nodiscard]] SmtpSeen probeSmtpServer(const SmtpTarget& target, const DomainName& helo, const TrustStore& trusted,
                                       TransferRun::Deadline deadline, const std::stop_token& stop);

} // namespace sealwright
