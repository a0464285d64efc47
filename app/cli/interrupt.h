#pragma once

#include <stop_token>

namespace sealwright::cli {

/// From now on Ctrl-C and SIGTERM request a stop instead of ending the program; the second one ends it. To be called
/// before any thread is started.
[[nodiscard]] std::stop_token stopOnInterrupt();

} // namespace sealwright::cli
