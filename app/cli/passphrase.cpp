#include "cli/passphrase.h"

#include <cstdlib>
#include <cstring>

#ifdef _WIN32
#include <conio.h>
#else
#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>
#endif

namespace sealwright::cli {
namespace {

constexpr std::size_t longestPassphrase = 1024;

std::optional<SecretBytes> fromEnvironment(const char* variable) {
    char* value = std::getenv(variable);
    if (value == nullptr || *value == '\0') {
        return std::nullopt;
    }
    SecretBytes passphrase{std::string_view(value)};
    // Child processes and /proc/PID/environ need not see it any longer than we do.
    std::memset(value, 0, std::strlen(value));
#ifdef _WIN32
    _putenv_s(variable, "");
#else
    unsetenv(variable);
#endif
    return passphrase;
}

#ifdef _WIN32

std::optional<SecretBytes> fromTerminal(const QString& prompt, const std::stop_token&) {
    _cputws(prompt.toStdWString().c_str());
    SecretBytes passphrase;
    for (int c = _getch(); c != '\r' && c != '\n' && c != 3 && passphrase.size() < longestPassphrase; c = _getch()) {
        const char octet = static_cast<char>(c);
        passphrase.append({&octet, 1});
    }
    _cputws(L"\r\n");
    return passphrase.empty() ? std::nullopt : std::optional(std::move(passphrase));
}

#else

// The terminal without echo, as long as this lives.
class Unechoed {
public:
    explicit Unechoed(int terminal) : terminal_(terminal) {
        known_ = tcgetattr(terminal_, &before_) == 0;
        termios quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        known_ = known_ && tcsetattr(terminal_, TCSAFLUSH, &quiet) == 0;
    }
    Unechoed(const Unechoed&) = delete;
    Unechoed& operator=(const Unechoed&) = delete;
    ~Unechoed() {
        if (known_) {
            tcsetattr(terminal_, TCSAFLUSH, &before_);
        }
    }

private:
    int terminal_;
    termios before_{};
    bool known_ = false;
};

// Becomes readable when a stop is requested: a thread that waits for a key can wait for this too.
class StopPipe {
public:
    explicit StopPipe(const std::stop_token& stop)
        : made_(pipe2(ends_, O_CLOEXEC) == 0), onStop_(stop, Closer{*this}) {}
    StopPipe(const StopPipe&) = delete;
    StopPipe& operator=(const StopPipe&) = delete;
    ~StopPipe() {
        if (made_) {
            close(ends_[0]);
            close(ends_[1]);
        }
    }

    [[nodiscard]] int end() const { return made_ ? ends_[0] : -1; }

private:
    struct Closer {
        StopPipe& pipe;
        void operator()() const {
            if (pipe.made_) {
                [[maybe_unused]] const auto told = write(pipe.ends_[1], "", 1);
            }
        }
    };

    int ends_[2]{-1, -1};
    bool made_;
    std::stop_callback<Closer> onStop_; // last: goes first
};

SecretBytes readLine(int terminal, int stopped) {
    SecretBytes line;
    pollfd either[]{{terminal, POLLIN, 0}, {stopped, POLLIN, 0}};
    char octet = 0;
    while (line.size() < longestPassphrase && poll(either, 2, -1) > 0 && either[1].revents == 0 &&
           read(terminal, &octet, 1) == 1 && octet != '\n') {
        line.append({&octet, 1});
    }
    if (either[1].revents != 0) {
        line.truncate(0);
    }
    return line;
}

std::optional<SecretBytes> fromTerminal(const QString& prompt, const std::stop_token& stop) {
    const int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (terminal < 0) {
        return std::nullopt;
    }
    const QByteArray question = prompt.toUtf8();
    SecretBytes passphrase;
    if (write(terminal, question.constData(), static_cast<std::size_t>(question.size())) == question.size()) {
        const Unechoed unechoed(terminal);
        passphrase = readLine(terminal, StopPipe(stop).end());
    }
    [[maybe_unused]] const auto newline = write(terminal, "\n", 1);
    close(terminal);
    return passphrase.empty() ? std::nullopt : std::optional(std::move(passphrase));
}

#endif

} // namespace

std::optional<SecretBytes> ask(const Passphrase& wanted, const std::stop_token& stop) {
    if (auto passphrase = fromEnvironment(wanted.variable)) {
        return passphrase;
    }
    auto passphrase = fromTerminal(wanted.prompt, stop);
    if (!passphrase || wanted.repeat.isEmpty()) {
        return passphrase;
    }
    const auto again = fromTerminal(wanted.repeat, stop);
    return again && again->view() == passphrase->view() ? std::move(passphrase) : std::nullopt;
}

} // namespace sealwright::cli
