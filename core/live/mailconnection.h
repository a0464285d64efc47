#pragma once

#include "live/connection.h"
#include "mailtest/courier.h"

namespace sealwright {

using CourierDone = tl::expected<void, CourierProblem>;

[[nodiscard]] inline tl::unexpected<CourierProblem> refusedBy(CourierError code, std::string_view words = {}) {
    return tl::unexpected(problem(code, words));
}

/// Why a conversation with a mail server came to its end.
[[nodiscard]] tl::unexpected<CourierProblem> lost(Reached end, std::string_view why);
/// Turns the connection to TLS, with the certificate verified.
[[nodiscard]] CourierDone secure(Connection& connection, const TrustStore& trusted);

} // namespace sealwright
