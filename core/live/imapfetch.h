#pragma once

#include "live/mailconnection.h"

namespace sealwright {

/// Waits for a message in a mailbox (RFC 9051): in its folder, and in those for junk. See MessageCourier::fetch.
/// `timeout` is for each answer.
[[nodiscard]] tl::expected<FetchedMessage, CourierProblem>
fetchMessage(const Mailbox& mailbox, std::string_view messageId, std::string_view subjectWord,
             std::chrono::seconds patience, const TrustStore& trusted, std::chrono::milliseconds timeout,
             const std::stop_token& stop);

} // namespace sealwright
