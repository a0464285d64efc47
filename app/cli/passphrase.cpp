#include "cli/passphrase.h"

#include <cstdlib>
#include <cstring>

#ifdef _WIN32
#include <conio.h>
#else
#include <fcntl.h>
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

std::optional<SecretBytes> fromTerminal(const QString& prompt) {
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

std::optional<SecretBytes> fromTerminal(const QString& prompt) {
    const int terminal = open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (terminal < 0) {
        return std::nullopt;
    }
    const QByteArray question = prompt.toUtf8();
    SecretBytes passphrase;
    if (write(terminal, question.constData(), static_cast<std::size_t>(question.size())) == question.size()) {
        const Unechoed unechoed(terminal);
        char octet = 0;
        while (passphrase.size() < longestPassphrase && read(terminal, &octet, 1) == 1 && octet != '\n') {
            passphrase.append({&octet, 1});
        }
    }
    [[maybe_unused]] const auto newline = write(terminal, "\n", 1);
    close(terminal);
    return passphrase.empty() ? std::nullopt : std::optional(std::move(passphrase));
}

#endif

} // namespace

std::optional<SecretBytes> passphraseFor(const char* variable, const QString& prompt) {
    auto passphrase = fromEnvironment(variable);
    return passphrase ? std::move(passphrase) : fromTerminal(prompt);
}

} // namespace sealwright::cli
