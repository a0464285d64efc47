#pragma once

#include "keys/vaulterror.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <tl/expected.hpp>

namespace sealwright {

/// One result on its way from the keychain's thread to the caller, who may have stopped waiting for it.
template <class T>
class Handover {
public:
    using Result = tl::expected<T, Problem<VaultError>>;

    explicit Handover(std::chrono::milliseconds patience) : deadline_(std::chrono::steady_clock::now() + patience) {}

    void give(Result result) {
        const std::scoped_lock lock(mutex_);
        result_.emplace(std::move(result));
        changed_.notify_all();
    }

    /// A person may now be asked for a password, and people take their time.
    void waitForAPerson() {
        constexpr std::chrono::minutes patience{5};
        const std::scoped_lock lock(mutex_);
        deadline_ = std::chrono::steady_clock::now() + patience;
        changed_.notify_all();
    }

    /// False once the caller has gone: nothing more is to be begun for it.
    [[nodiscard]] bool isAwaited() const {
        const std::scoped_lock lock(mutex_);
        return awaited_;
    }

    [[nodiscard]] Result wait(const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        while (!result_ && !stop.stop_requested()) {
            const auto deadline = deadline_;
            const bool changed =
                changed_.wait_until(lock, stop, deadline, [&] { return result_ || deadline_ != deadline; });
            if (!changed && !stop.stop_requested()) {
                awaited_ = false;
                return tl::unexpected(problem(VaultError::timedOut));
            }
        }
        awaited_ = false;
        return result_ ? std::move(*result_) : tl::unexpected(problem(VaultError::cancelled));
    }

private:
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    std::chrono::steady_clock::time_point deadline_;
    std::optional<Result> result_;
    bool awaited_ = true;
};

} // namespace sealwright
