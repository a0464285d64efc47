#pragma once

#include <QObject>

#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <stop_token>
#include <thread>

namespace sealwright {

/// Runs blocking work in a thread of its own and brings what it has to tell to the thread this object lives in.
/// A newer run silences the older one. Destroying it stops all runs and waits for them.
class BackgroundTask final : public QObject {
    Q_OBJECT

public:
    using Event = std::function<void()>;
    /// Hands an event over; it is dropped when its run is no longer the current one.
    using Post = std::function<void(Event)>;
    /// Called in the other thread: may only touch what it holds itself, and must heed the stop token.
    using Work = std::function<void(std::stop_token stop, const Post& post)>;

    explicit BackgroundTask(QObject* parent = nullptr);
    ~BackgroundTask() override;

    void start(Work work); ///< Stops an older run, and drops its events from now on.
    void cancel();         ///< Asks the current run to stop; what it still tells (such as "cancelled") comes through.
    void abandon();        ///< Stops the current run and drops its events.
    [[nodiscard]] bool isRunning() const { return running_; }

Q_SIGNALS:
    void runningChanged();
    void told(); ///< From the other thread to this one: something was handed over.

private:
    struct Told {
        quint64 run;
        Event event; ///< None: the run has ended.
    };

    void tell(Told news);
    void hear();
    void finish(quint64 run);
    void setRunning(bool running);

    std::mutex mutex_;
    std::deque<Told> told_;                   ///< Handed over, one for each told() that is still to be heard.
    std::map<quint64, std::jthread> threads_; ///< Older runs stay until they have noticed that they are to stop.
    quint64 run_ = 0;
    bool running_ = false;
};

} // namespace sealwright
