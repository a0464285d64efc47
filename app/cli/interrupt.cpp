#include "cli/interrupt.h"

#include <csignal>
#include <cstdlib>
#include <thread>

#ifdef _WIN32
#include <windows.h>
#endif

namespace sealwright::cli {
namespace {

constexpr int interruptedStatus = 130;

std::stop_source& source() {
    static std::stop_source stop;
    return stop;
}

void interrupt() {
    if (!source().request_stop()) {
        std::_Exit(interruptedStatus);
    }
}

} // namespace

#ifdef _WIN32

std::stop_token stopOnInterrupt() {
    SetConsoleCtrlHandler(
        [](DWORD) {
            interrupt();
            return TRUE;
        },
        TRUE);
    return source().get_token();
}

#else

std::stop_token stopOnInterrupt() {
    // A handler may do next to nothing, so a thread of its own waits for the signals, which all others block.
    static sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    std::thread([] {
        for (int signal = 0; sigwait(&signals, &signal) == 0;) {
            interrupt();
        }
    }).detach();
    return source().get_token();
}

#endif

} // namespace sealwright::cli
