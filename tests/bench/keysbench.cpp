#include "keys/keypair.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

// CPU time (user and system) of making a key in process against `openssl genpkey`. The search for primes is a lottery:
// means over 15 to 40 keys still differ by tens of percent. What was drawn is known, though: OpenSSL tells of each step
// of its search, to us by a callback and from genpkey by a character, so the cost of a step is compared as well.

namespace {

double secondsOf(int who) {
    rusage usage{};
    getrusage(who, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Cost {
    double seconds = 0;
    double steps = 0;
};

Cost costOfOurs(sealwright::KeyAlgorithm algorithm, int times) {
    Cost cost;
    const double before = secondsOf(RUSAGE_SELF);
    for (int i = 0; i < times; ++i) {
        if (!sealwright::KeyPair::generate(algorithm, {}, [&cost](double) { ++cost.steps; })) {
            std::exit(1);
        }
    }
    cost.seconds = secondsOf(RUSAGE_SELF) - before;
    return cost;
}

Cost costOfOpenssl(const char* option, int times) {
    std::FILE* told = std::tmpfile();
    if (told == nullptr) {
        std::exit(1);
    }
    const double before = secondsOf(RUSAGE_CHILDREN);
    for (int i = 0; i < times; ++i) {
        const pid_t child = fork();
        if (child == 0) {
            dup2(fileno(told), STDERR_FILENO);
            execlp("openssl", "openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", option, "-out", "/dev/null",
                   nullptr);
            _exit(127);
        }
        int status = 0;
        waitpid(child, &status, 0);
        if (status != 0) {
            std::exit(1);
        }
    }
    const double seconds = secondsOf(RUSAGE_CHILDREN) - before;
    std::fseek(told, 0, SEEK_END);
    const auto steps = static_cast<double>(std::ftell(told));
    std::fclose(told);
    return {seconds, steps};
}

void compare(sealwright::KeyAlgorithm algorithm, const char* option, int times) {
    const Cost ours = costOfOurs(algorithm, times);
    const Cost theirs = costOfOpenssl(option, times);
    std::printf("%s: ours %.0f ms, openssl genpkey %.0f ms of CPU, mean of %d; ratio %.2f as drawn, %.2f for a step of "
                "the search (target 1.1)\n",
                std::string(toString(algorithm)).c_str(), ours.seconds * 1000 / times, theirs.seconds * 1000 / times,
                times, ours.seconds / theirs.seconds, (ours.seconds / ours.steps) / (theirs.seconds / theirs.steps));
}

} // namespace

int main() {
    compare(sealwright::KeyAlgorithm::rsa2048, "rsa_keygen_bits:2048", 40);
    compare(sealwright::KeyAlgorithm::rsa4096, "rsa_keygen_bits:4096", 15);
}
