#include "viewmodels/backgroundtask.h"

namespace sealwright {

BackgroundTask::BackgroundTask(QObject* parent) : QObject(parent) {
    connect(this, &BackgroundTask::told, this, &BackgroundTask::hear, Qt::QueuedConnection);
}

BackgroundTask::~BackgroundTask() {
    for (auto& [run, thread] : threads_) {
        thread.request_stop();
    }
    threads_.clear(); // joins; events that are still queued die with this object
}

void BackgroundTask::start(Work work) {
    cancel();
    const quint64 run = ++run_;
    setRunning(true);
    threads_.emplace(run, std::jthread([this, run, work = std::move(work)](const std::stop_token& stop) {
                         work(stop, [this, run](Event event) { tell({run, std::move(event)}); });
                         tell({run, {}});
                     }));
}

void BackgroundTask::tell(Told news) {
    {
        const std::scoped_lock lock(mutex_);
        told_.push_back(std::move(news));
    }
    Q_EMIT told();
}

/// One each time, as an event may destroy this object.
void BackgroundTask::hear() {
    std::unique_lock lock(mutex_);
    const Told news = std::move(told_.front());
    told_.pop_front();
    lock.unlock();
    if (!news.event) {
        finish(news.run);
    } else if (news.run == run_) {
        news.event();
    }
}

void BackgroundTask::cancel() {
    if (const auto thread = threads_.find(run_); thread != threads_.end()) {
        thread->second.request_stop();
    }
}

void BackgroundTask::abandon() {
    cancel();
    ++run_;
    setRunning(false);
}

void BackgroundTask::finish(quint64 run) {
    threads_.erase(run);
    if (run == run_) {
        setRunning(false);
    }
}

void BackgroundTask::setRunning(bool running) {
    if (running_ != running) {
        running_ = running;
        Q_EMIT runningChanged();
    }
}

} // namespace sealwright
