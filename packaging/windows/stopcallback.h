// Before <stop_token>. The semaphores of GCC 12 are not always woken where the system has no futex: who destroys a
// std::stop_callback that is running, as any wait does that a stop has woken, would sleep for ever. Without them
// <stop_token> looks again and again until the callback has run.
#pragma once

#include <semaphore>

#undef __cpp_lib_semaphore
