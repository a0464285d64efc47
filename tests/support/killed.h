#pragma once

#include <functional>

namespace sealwright::test {

/// How a program that was to be killed ended.
enum class Ending { killed, finished, notTraceable };

/// Runs `work` in a child process and kills it (SIGKILL) as it enters or leaves its `moment`th system call: between
/// two of them nothing happens that others could see. `work` is to have a single thread.
[[nodiscard]] Ending runAndKillAt(int moment, const std::function<void()>& work);

} // namespace sealwright::test
