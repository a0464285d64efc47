#include "cli/passphrase.h"

#include "cli/output.h"

#include <QCoreApplication>

#include <cstdlib>
#include <cstring>

#ifdef _WIN32
#include <algorithm>
#include <memory>
#include <windows.h>
#else
#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>
#endif

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::Passphrase)
};

constexpr std::size_t longestPassphrase = 1024; ///< In octets. What is longer is refused, never cut.

#ifdef _WIN32

/// What Windows knows in UTF-16, in the UTF-8 of every other system.
SecretBytes fromWide(std::wstring_view wide) {
    const int length = static_cast<int>(wide.size());
    const int size = WideCharToMultiByte(CP_UTF8, 0, wide.data(), length, nullptr, 0, nullptr, nullptr);
    SecretBytes octets(static_cast<std::size_t>(size));
    WideCharToMultiByte(CP_UTF8, 0, wide.data(), length, octets.data(), size, nullptr, nullptr);
    return octets;
}

std::optional<SecretBytes> fromEnvironment(const char* variable) {
    const std::wstring name(variable, variable + std::strlen(variable));
    wchar_t* const value = _wgetenv(name.c_str());
    if (value == nullptr || *value == L'\0') {
        return std::nullopt;
    }
    SecretBytes passphrase = fromWide(value);
    SecureZeroMemory(value, std::wcslen(value) * sizeof(wchar_t));
    _wputenv_s(name.c_str(), L"");
    return passphrase;
}

struct CloseHandleLater {
    void operator()(HANDLE handle) const { CloseHandle(handle); }
};
using Handle = std::unique_ptr<void, CloseHandleLater>;

// Nothing where the program has no console.
Handle openConsole(const wchar_t* name) {
    const HANDLE opened = CreateFileW(name, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr,
                                      OPEN_EXISTING, 0, nullptr);
    return Handle(opened == INVALID_HANDLE_VALUE ? nullptr : opened);
}

void write(HANDLE console, std::wstring_view text) {
    DWORD written = 0;
    WriteConsoleW(console, text.data(), static_cast<DWORD>(text.size()), &written, nullptr);
}

// The keys of a console without echo, as long as this lives. What was typed before it is not taken for an answer.
class Unechoed {
public:
    explicit Unechoed(HANDLE console) : console_(console) {
        known_ = GetConsoleMode(console_, &before_) != 0 && SetConsoleMode(console_, ENABLE_PROCESSED_INPUT) != 0;
        FlushConsoleInputBuffer(console_);
    }
    Unechoed(const Unechoed&) = delete;
    Unechoed& operator=(const Unechoed&) = delete;
    ~Unechoed() {
        if (known_) {
            FlushConsoleInputBuffer(console_);
            SetConsoleMode(console_, before_);
        }
    }

private:
    HANDLE console_;
    DWORD before_ = 0;
    bool known_ = false;
};

// Is set when a stop is requested: who waits for a key can wait for this too.
class StopEvent {
public:
    explicit StopEvent(const std::stop_token& stop)
        : event_(CreateEventW(nullptr, TRUE, FALSE, nullptr)), onStop_(stop, Setter{event_.get()}) {}

    [[nodiscard]] HANDLE handle() const { return event_.get(); }

private:
    struct Setter {
        HANDLE event;
        void operator()() const { SetEvent(event); }
    };

    Handle event_;
    std::stop_callback<Setter> onStop_; // last: goes first
};

// What was typed so far, in UTF-16. The console's own lines can't be waited for together with something else.
class TypedLine {
public:
    static constexpr wchar_t escape = 0x1B;  ///< Empties the line, as at any prompt of Windows.
    static constexpr wchar_t deleted = 0x7F; ///< Ctrl and the key that takes back a letter.

    TypedLine() = default;
    TypedLine(const TypedLine&) = delete;
    TypedLine& operator=(const TypedLine&) = delete;
    ~TypedLine() { SecureZeroMemory(units_, sizeof units_); }

    void take(wchar_t unit) {
        if (unit == L'\b' || unit == deleted) {
            drop();
        } else if (unit == escape) {
            length_ = 0;
        } else if (unit >= L' ' || unit == L'\t') {
            if (length_ < std::size(units_)) {
                units_[length_] = unit;
            }
            ++length_;
        }
    }

    /// One that is too long is too long here as well.
    [[nodiscard]] SecretBytes octets() const { return fromWide({units_, std::min(length_, std::size(units_))}); }

private:
    void drop() {
        length_ -= length_ > 0 ? 1 : 0;
        if (length_ > 0 && length_ < std::size(units_) && IS_LOW_SURROGATE(units_[length_])) {
            --length_; // and the first half of the same letter
        }
    }

    wchar_t units_[longestPassphrase + 1]{};
    std::size_t length_ = 0; ///< Also of what had no room.
};

SecretBytes readLine(HANDLE console, HANDLE stopped) {
    TypedLine line;
    const HANDLE either[]{stopped, console};
    INPUT_RECORD input{};
    DWORD taken = 0;
    bool isWhole = false;
    while (!isWhole && WaitForMultipleObjects(2, either, FALSE, INFINITE) == WAIT_OBJECT_0 + 1 &&
           ReadConsoleInputW(console, &input, 1, &taken) != 0) {
        const KEY_EVENT_RECORD& key = input.Event.KeyEvent;
        // A letter comes with its key, or, typed as Alt and a number, when Alt goes up again.
        if (input.EventType == KEY_EVENT && (key.bKeyDown != 0 || key.wVirtualKeyCode == VK_MENU)) {
            isWhole = key.uChar.UnicodeChar == L'\r';
            for (WORD repeated = 0; repeated < key.wRepeatCount; ++repeated) {
                line.take(key.wVirtualKeyCode == VK_ESCAPE ? TypedLine::escape : key.uChar.UnicodeChar);
            }
        }
    }
    SecureZeroMemory(&input, sizeof input);
    return isWhole ? line.octets() : SecretBytes();
}

std::optional<SecretBytes> fromTerminal(const QString& prompt, const std::stop_token& stop) {
    const Handle input = openConsole(L"CONIN$");
    const Handle output = openConsole(L"CONOUT$");
    if (input == nullptr || output == nullptr) {
        return std::nullopt;
    }
    SecretBytes passphrase;
    {
        const Unechoed unechoed(input.get()); // Before the question: who answers at once is not shown, and is heard.
        write(output.get(), prompt.toStdWString());
        passphrase = readLine(input.get(), StopEvent(stop).handle());
    }
    write(output.get(), L"\r\n");
    return passphrase.empty() ? std::nullopt : std::optional(std::move(passphrase));
}

#else

std::optional<SecretBytes> fromEnvironment(const char* variable) {
    char* value = std::getenv(variable);
    if (value == nullptr || *value == '\0') {
        return std::nullopt;
    }
    SecretBytes passphrase{std::string_view(value)};
    // Child processes and /proc/PID/environ need not see it any longer than we do.
    std::memset(value, 0, std::strlen(value));
    unsetenv(variable);
    return passphrase;
}

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
    while (line.size() <= longestPassphrase && poll(either, 2, -1) > 0 && either[1].revents == 0 &&
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
    {
        const Unechoed unechoed(terminal); // Before the question: who answers at once is not shown, and is heard.
        if (write(terminal, question.constData(), static_cast<std::size_t>(question.size())) == question.size()) {
            passphrase = readLine(terminal, StopPipe(stop).end());
        }
    }
    [[maybe_unused]] const auto newline = write(terminal, "\n", 1);
    close(terminal);
    return passphrase.empty() ? std::nullopt : std::optional(std::move(passphrase));
}

#endif

std::optional<SecretBytes> typed(const QString& prompt, const std::stop_token& stop) {
    auto passphrase = fromTerminal(prompt, stop);
    if (passphrase && passphrase->size() > longestPassphrase) {
        say(Words::tr("It is too long: %1 octets are the most.").arg(longestPassphrase));
        return std::nullopt;
    }
    return passphrase;
}

} // namespace

std::optional<SecretBytes> ask(const Passphrase& wanted, const std::stop_token& stop) {
    if (auto passphrase = fromEnvironment(wanted.variable)) {
        return passphrase;
    }
    auto passphrase = typed(wanted.prompt, stop);
    if (!passphrase || wanted.repeat.isEmpty()) {
        return passphrase;
    }
    const auto again = typed(wanted.repeat, stop);
    if (again && again->view() != passphrase->view()) {
        say(Words::tr("These two are not the same."));
    }
    return again && again->view() == passphrase->view() ? std::move(passphrase) : std::nullopt;
}

} // namespace sealwright::cli
