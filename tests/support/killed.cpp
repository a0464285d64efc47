#include "support/killed.h"

#include <csignal>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

namespace sealwright::test {

Ending runAndKillAt(int moment, const std::function<void()>& work) {
    const pid_t child = fork();
    if (child == 0) {
        if (ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) {
            _exit(1);
        }
        raise(SIGSTOP);
        work();
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFEXITED(status)) {
        return Ending::notTraceable;
    }
    for (int seen = 0; seen < moment; ++seen) {
        ptrace(PTRACE_SYSCALL, child, nullptr, nullptr);
        waitpid(child, &status, 0);
        if (WIFEXITED(status)) {
            return Ending::finished;
        }
    }
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    return Ending::killed;
}

} // namespace sealwright::test
