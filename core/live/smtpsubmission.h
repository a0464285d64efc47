#pragma once

#include "live/mailconnection.h"

namespace sealwright {

/// Hands one message to a submission server (RFC 6409): TLS, AUTH, one recipient. `timeout` is for each answer.
[[nodiscard]] CourierDone submitMessage(const MailAccount& account, const EmailAddress& from, const EmailAddress& to,
                                        std::string_view message, const TrustStore& trusted,
                                        std::chrono::milliseconds timeout, const std::stop_token& stop);

} // namespace sealwright
