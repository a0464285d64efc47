#pragma once

#include "live/transfer.h"
#include "live/truststore.h"

namespace sealwright {

/// One file of a web server, whatever its certificate.
[[nodiscard]] HttpsSeen fetchFile(const HttpsTarget& target, const TrustStore& trusted, TransferRun::Deadline deadline,
                                  const std::stop_token& stop);

} // namespace sealwright
