#pragma once

#include <functional>

namespace sealwright {

/// QtKeychain's jobs and D-Bus replies need an event loop, and QtKeychain's queue belongs to the thread that used it
/// first: so one thread of the process does all of it, from the first call until the QCoreApplication ends.
/// False where there is no QCoreApplication (any more).
[[nodiscard]] bool postToKeychainThread(std::function<void()> work);

} // namespace sealwright
