#pragma once

#include "live/mailconnection.h"

namespace sealwright {

/// A mailbox that is read over IMAP (RFC 9051): its folder, and those for junk. See MessageCourier::open. `timeout` is
/// for each command; a wait is over that much behind its end at the latest. `trusted` outlives what is opened.
[[nodiscard]] tl::expected<std::unique_ptr<OpenMailbox>, CourierProblem>
openImapMailbox(const Mailbox& mailbox, const TrustStore& trusted, std::chrono::milliseconds timeout,
                const std::stop_token& stop);

} // namespace sealwright
