#include "viewmodels/backgroundtask.h"

#include <QMetaObject>

namespace sealwright {

BackgroundTask::BackgroundTask(QObject* parent) : QObject(parent) {}

BackgroundTask::~BackgroundTask() {
    for (auto& [run, thread] : threads_) {
        thread.request_stop();
    }
    threads_.clear(); // joins; events that are still queued die with this object
}

void BackgroundTask::start(Work work) {
    cancel();
    const quint64 run = ++run_;
    const Post post = [this, run](Event event) {
        QMetaObject::invokeMethod(
            this,
            [this, run, event = std::move(event)] {
                if (run == run_) {
                    event();
                }
            },
            Qt::QueuedConnection);
    };
    setRunning(true);
    threads_.emplace(run, std::jthread([this, run, post, work = std::move(work)](const std::stop_token& stop) {
                         work(stop, post);
                         QMetaObject::invokeMethod(
                             this, [this, run] { finish(run); }, Qt::QueuedConnection);
                     }));
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
