#pragma once

#include <deque>
#include <functional>

namespace QKeychain {
class Job;
}

namespace sealwright {

/// QtKeychain runs one job at a time anyway. Those that wait do it here, so that a job whose caller has gone meanwhile
/// (a prompt was open for long) is never begun: it would store or remove a key behind the user's back.
class KeychainJobs {
public:
    /// Takes the job; it deletes itself when it has finished. One that never finishes is left alone: to destroy it
    /// would let a late answer find freed memory.
    void add(QKeychain::Job* job, std::function<bool()> isAwaited);

private:
    struct Waiting {
        QKeychain::Job* job;
        std::function<bool()> isAwaited;
    };

    void startNext();

    std::deque<Waiting> waiting_;
    bool running_ = false;
};

/// Those of the process. To be used in the keychain's thread only.
[[nodiscard]] KeychainJobs& keychainJobs();

} // namespace sealwright
