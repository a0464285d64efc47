#pragma once

#include "support/program.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <optional>

/// What benches of a cost share: CPU time beside that of others in the same run.
namespace sealwright::bench {

#ifdef __OPTIMIZE__
inline constexpr std::string_view compiled = "compiled with optimisation";
#else
inline constexpr std::string_view compiled =
    "compiled WITHOUT optimisation: these ratios say nothing, a release build's do";
#endif

inline void require(bool works, const std::string& what) {
    if (!works) {
        std::printf("FAILED: %s\n", what.c_str());
        std::exit(1);
    }
}

inline double cpuSeconds() {
    std::timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

struct Effort {
    int rounds;
    int times; ///< In each round.
};

/// CPU milliseconds of doing each work once: the median of several rounds in which all take their turn.
template <std::size_t count>
std::array<double, count> medians(const std::array<std::function<void()>, count>& works, Effort effort) {
    std::array<std::vector<double>, count> samples;
    for (int round = 0; round < effort.rounds; ++round) {
        for (std::size_t i = 0; i < count; ++i) {
            const double before = cpuSeconds();
            for (int n = 0; n < effort.times; ++n) {
                works[i]();
            }
            samples[i].push_back((cpuSeconds() - before) * 1000 / effort.times);
        }
    }
    std::array<double, count> found{};
    for (std::size_t i = 0; i < count; ++i) {
        const auto middle = samples[i].begin() + effort.rounds / 2;
        std::ranges::nth_element(samples[i], middle);
        found[i] = *middle;
    }
    return found;
}

/// The figure that a program in another language prints of itself, where it is there.
inline std::optional<double> peerMilliseconds(const std::vector<std::string>& arguments) {
    std::vector<std::string> command{"/usr/bin/python3", SEALWRIGHT_VERDICTS_PEERS};
    command.insert(command.end(), arguments.begin(), arguments.end());
    const auto told = test::run(command);
    if (told.status == 77) {
        return std::nullopt; // not installed
    }
    require(told.status == 0, told.output);
    return std::strtod(told.output.c_str(), nullptr);
}

inline void sayHow() {
    std::printf("CPU time, median of rounds in which all take their turn; %s\n", compiled.data());
}

} // namespace sealwright::bench
