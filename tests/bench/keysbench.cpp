#include "keys/keypair.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

// CPU time (user and system) of making a key in process against `openssl genpkey`. The search for primes is a lottery:
// the mean over 15 to 40 keys still has a spread of some 10 %.

namespace {

double secondsOf(int who) {
    rusage usage{};
    getrusage(who, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double meanOfOurs(sealwright::KeyAlgorithm algorithm, int times) {
    const double before = secondsOf(RUSAGE_SELF);
    for (int i = 0; i < times; ++i) {
        if (!sealwright::KeyPair::generate(algorithm)) {
            std::exit(1);
        }
    }
    return (secondsOf(RUSAGE_SELF) - before) / times;
}

double meanOfOpenssl(const char* option, int times) {
    const double before = secondsOf(RUSAGE_CHILDREN);
    for (int i = 0; i < times; ++i) {
        const pid_t child = fork();
        if (child == 0) {
            execlp("openssl", "openssl", "genpkey", "-quiet", "-algorithm", "RSA", "-pkeyopt", option, "-out",
                   "/dev/null", nullptr);
            _exit(127);
        }
        int status = 0;
        waitpid(child, &status, 0);
        if (status != 0) {
            std::exit(1);
        }
    }
    return (secondsOf(RUSAGE_CHILDREN) - before) / times;
}

void compare(sealwright::KeyAlgorithm algorithm, const char* option, int times) {
    const double ours = meanOfOurs(algorithm, times);
    const double theirs = meanOfOpenssl(option, times);
    std::printf("%s: ours %.0f ms, openssl genpkey %.0f ms of CPU, mean of %d; ratio %.2f (target 1.1)\n",
                std::string(toString(algorithm)).c_str(), ours * 1000, theirs * 1000, times, ours / theirs);
}

} // namespace

int main() {
    compare(sealwright::KeyAlgorithm::rsa2048, "rsa_keygen_bits:2048", 40);
    compare(sealwright::KeyAlgorithm::rsa4096, "rsa_keygen_bits:4096", 15);
}
