#include "vault/keychainjobs.h"

#include <qt6keychain/keychain.h>

namespace sealwright {

void KeychainJobs::add(QKeychain::Job* job, std::function<bool()> isAwaited) {
    waiting_.push_back({job, std::move(isAwaited)});
    startNext();
}

void KeychainJobs::startNext() {
    while (!running_ && !waiting_.empty()) {
        const Waiting next = std::move(waiting_.front());
        waiting_.pop_front();
        if (!next.isAwaited()) {
            delete next.job;
            continue;
        }
        running_ = true;
        QObject::connect(next.job, &QKeychain::Job::finished, next.job, [this] {
            running_ = false;
            startNext();
        });
        next.job->setAutoDelete(true);
        next.job->start();
    }
}

KeychainJobs& keychainJobs() {
    static KeychainJobs jobs;
    return jobs;
}

} // namespace sealwright
