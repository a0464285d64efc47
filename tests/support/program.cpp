#include "support/program.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace sealwright::test {

namespace {

struct Pipe {
    int out = -1;
    int in = -1;

    Pipe() {
        std::array<int, 2> ends{};
        if (pipe2(ends.data(), O_CLOEXEC) != 0) {
            throw std::runtime_error("no pipe");
        }
        out = ends[0];
        in = ends[1];
    }
};

/// Nothing at the end.
std::string readSome(int from) {
    std::array<char, 4096> block{};
    const auto size = read(from, block.data(), block.size());
    return size > 0 ? std::string(block.data(), static_cast<std::size_t>(size)) : std::string();
}

/// -1 where there is no such program.
pid_t spawn(const std::vector<std::string>& command, int output) {
    std::vector<char*> arguments;
    for (const std::string& argument : command) {
        arguments.push_back(const_cast<char*>(argument.c_str()));
    }
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
    pid_t pid = -1;
    const int error = posix_spawnp(&pid, arguments.front(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    return error == 0 ? pid : -1;
}

} // namespace

ProgramResult run(const std::vector<std::string>& command) {
    const Pipe pipe;
    const pid_t pid = spawn(command, pipe.in);
    close(pipe.in);
    ProgramResult result{127, {}};
    for (std::string more = readSome(pipe.out); !more.empty(); more = readSome(pipe.out)) {
        result.output += more;
    }
    close(pipe.out);
    if (pid > 0) {
        int status = 0;
        waitpid(pid, &status, 0);
        result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    return result;
}

bool isInstalled(const std::string& program) {
    return run({"sh", "-c", "command -v -- \"$1\"", "sh", program}).status == 0;
}

Daemon::Daemon(const std::vector<std::string>& command, std::string_view ready) {
    const Pipe pipe;
    pid_ = spawn(command, pipe.in);
    close(pipe.in);
    output_ = pipe.out;
    std::string written;
    while (written.find(ready) == std::string::npos) {
        const std::string more = readSome(output_);
        if (more.empty()) {
            stop();
            throw std::runtime_error(command.front() + " did not start: " + written);
        }
        written += more;
    }
}

Daemon::~Daemon() {
    stop();
}

void Daemon::stop() const {
    if (pid_ > 0) {
        kill(pid_, SIGTERM);
        waitpid(pid_, nullptr, 0);
    }
    close(output_);
}

} // namespace sealwright::test
