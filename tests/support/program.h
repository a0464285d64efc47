#pragma once

#include "support/temporaryfolder.h"

#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

namespace sealwright::test {

struct ProgramResult {
    int status;         ///< 127 where there is no such program.
    std::string output; ///< What it wrote, messages too.
};

/// Runs a program to its end, without a shell.
[[nodiscard]] ProgramResult run(const std::vector<std::string>& command);
[[nodiscard]] bool isInstalled(const std::string& program);

/// A program that runs as long as this object lives.
class Daemon {
public:
    /// Returns once it has written `ready`; throws when it ends before that.
    Daemon(const std::vector<std::string>& command, std::string_view ready);
    ~Daemon();
    Daemon(const Daemon&) = delete;
    Daemon& operator=(const Daemon&) = delete;

private:
    void stop() const;

    pid_t pid_;
    int output_;
};

} // namespace sealwright::test
