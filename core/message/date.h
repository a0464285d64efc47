#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace sealwright::message {

/// A date-time (RFC 5322 section 3.3 and the obsolete forms of 4.3): `Fri, 27 Nov 2026 17:00:54 +0100 (CET)`.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parseDate(std::string_view text);

/// In UTC: `Fri, 27 Nov 2026 16:00:54 +0000`.
[[nodiscard]] std::string formatDate(std::chrono::sys_seconds time);

} // namespace sealwright::message
