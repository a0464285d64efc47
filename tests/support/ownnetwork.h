#pragma once

namespace sealwright::test {

/// Moves this thread, and those it starts from now on, into a network and mounts of their own, with a loopback
/// interface only. False without root.
[[nodiscard]] bool enterOwnNetwork();

} // namespace sealwright::test
