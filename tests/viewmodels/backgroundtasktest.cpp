#include "viewmodels/backgroundtask.h"

#include "wizardfixture.h"

#include <QThread>
#include <semaphore>

using namespace sealwright;

TEST(BackgroundTask, bringsItsEventsToTheThreadOfItsOwner) {
    BackgroundTask task;
    std::vector<int> seen;
    QThread* where = nullptr;
    task.start([&](const std::stop_token&, const BackgroundTask::Post& post) {
        for (int i = 0; i < 3; ++i) {
            post([&, i] {
                seen.push_back(i);
                where = QThread::currentThread();
            });
        }
    });
    EXPECT_TRUE(task.isRunning());
    EXPECT_TRUE(test::waitUntil(task, &BackgroundTask::runningChanged, [&] { return !task.isRunning(); }));
    EXPECT_EQ(seen, (std::vector{0, 1, 2}));
    EXPECT_EQ(where, QThread::currentThread());
}

TEST(BackgroundTask, dropsTheEventsOfAnOlderRun) {
    BackgroundTask task;
    std::binary_semaphore released(0);
    std::vector<std::string> seen;
    task.start([&](const std::stop_token&, const BackgroundTask::Post& post) {
        post([&] { seen.emplace_back("old, told before"); });
        released.acquire();
        post([&] { seen.emplace_back("old, told after"); });
    });
    task.start([&](const std::stop_token&, const BackgroundTask::Post& post) {
        post([&] { seen.emplace_back("new"); });
        released.release();
    });
    EXPECT_TRUE(test::waitUntil(task, &BackgroundTask::runningChanged, [&] { return !task.isRunning(); }));
    EXPECT_EQ(seen, std::vector<std::string>{"new"});
}

TEST(BackgroundTask, asksItsRunToStopAndStillHearsHowItEnded) {
    BackgroundTask task;
    bool heard = false;
    std::binary_semaphore stopped(0);
    task.start([&](const std::stop_token& stop, const BackgroundTask::Post& post) {
        const std::stop_callback callback(stop, [&] { stopped.release(); });
        stopped.acquire();
        post([&] { heard = true; });
    });
    task.cancel();
    EXPECT_TRUE(test::waitUntil(task, &BackgroundTask::runningChanged, [&] { return !task.isRunning(); }));
    EXPECT_TRUE(heard);
}

TEST(BackgroundTask, hearsNothingOfARunItAbandoned) {
    BackgroundTask task;
    bool heard = false;
    task.start([&](const std::stop_token&, const BackgroundTask::Post& post) { post([&] { heard = true; }); });
    task.abandon();
    EXPECT_FALSE(task.isRunning());
    bool next = false;
    task.start([&](const std::stop_token&, const BackgroundTask::Post& post) { post([&] { next = true; }); });
    EXPECT_TRUE(test::waitUntil(task, &BackgroundTask::runningChanged, [&] { return !task.isRunning(); }));
    EXPECT_TRUE(next);
    EXPECT_FALSE(heard);
}

TEST(BackgroundTask, stopsAndWaitsForAllRunsWhenItGoes) {
    std::atomic<int> ended = 0;
    {
        BackgroundTask task;
        for (int i = 0; i < 3; ++i) {
            task.start([&](const std::stop_token& stop, const BackgroundTask::Post& post) {
                std::binary_semaphore stopped(0);
                const std::stop_callback callback(stop, [&] { stopped.release(); });
                stopped.acquire();
                post([] { ADD_FAILURE() << "the owner is gone"; });
                ++ended;
            });
        }
    }
    EXPECT_EQ(ended, 3);
}
