#include "vault/keychainthread.h"

#include <QCoreApplication>
#include <QEvent>
#include <QThread>
#include <mutex>

namespace sealwright {

namespace {

struct Work final : QEvent {
    explicit Work(std::function<void()> todo) : QEvent(User), run(std::move(todo)) {}

    std::function<void()> run;
};

class Context final : public QObject {
    bool event(QEvent* event) override {
        const auto* work = dynamic_cast<Work*>(event);
        if (work == nullptr) {
            return QObject::event(event);
        }
        work->run();
        return true;
    }
};

struct Worker {
    QThread thread;
    Context context;
};

std::mutex mutex;
Worker* worker = nullptr;
bool ended = false;

/// Jobs that still hang are left behind in memory: a late answer must not find them freed.
void end() {
    constexpr int patience = 2000; // ms; the thread only waits in its event loop
    const std::scoped_lock lock(mutex);
    ended = true;
    worker->thread.quit();
    if (worker->thread.wait(patience)) {
        delete worker;
    }
    worker = nullptr;
}

} // namespace

bool postToKeychainThread(std::function<void()> work) {
    const std::scoped_lock lock(mutex);
    if (ended || QCoreApplication::instance() == nullptr) {
        return false;
    }
    if (worker == nullptr) {
        worker = new Worker;
        worker->context.moveToThread(&worker->thread);
        worker->thread.setObjectName(QStringLiteral("keychain"));
        worker->thread.start();
        qAddPostRoutine(end);
    }
    QCoreApplication::postEvent(&worker->context, new Work(std::move(work)));
    return true;
}

} // namespace sealwright
