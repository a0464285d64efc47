#include "cli/output.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cerrno>
#include <cstdio>

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#include <windows.h>
#else
#include <unistd.h>
#endif

namespace sealwright::cli {
namespace {

bool lost = false;

#ifdef _WIN32

/// A console would take UTF-8 for an old code page.
bool writeToConsole(std::FILE* stream, const QByteArray& octets) {
    const auto console = reinterpret_cast<HANDLE>(_get_osfhandle(_fileno(stream)));
    DWORD mode = 0;
    if (GetConsoleMode(console, &mode) == 0) {
        return false;
    }
    const QString text = QString::fromUtf8(octets);
    DWORD written = 0;
    return WriteConsoleW(console, text.utf16(), static_cast<DWORD>(text.size()), &written, nullptr) != 0;
}

#else

bool writeToConsole(std::FILE*, const QByteArray&) {
    return false;
}

#endif

void write(std::FILE* stream, const QByteArray& octets) {
    const auto size = static_cast<std::size_t>(octets.size());
    errno = 0;
    const bool written = writeToConsole(stream, octets) ||
                         (std::fwrite(octets.constData(), 1, size, stream) == size && std::fflush(stream) == 0);
    // A reader that has gone away has what it wanted.
    lost = lost || (!written && errno != EPIPE && stream == stdout);
}

} // namespace

void passOctetsUnchanged() {
#ifdef _WIN32
    for (std::FILE* stream : {stdin, stdout, stderr}) {
        _setmode(_fileno(stream), _O_BINARY);
    }
#endif
}

QString text(std::string_view octets) {
    return QString::fromUtf8(octets.data(), static_cast<qsizetype>(octets.size()));
}

void print(const QString& line) {
    write(stdout, line.toUtf8() + '\n');
}

void print(const QJsonValue& json) {
    const QJsonDocument document = json.isArray() ? QJsonDocument(json.toArray()) : QJsonDocument(json.toObject());
    write(stdout, document.toJson());
}

void say(const QString& line) {
    write(stderr, line.toUtf8() + '\n');
}

bool resultsWereLost() {
    return lost;
}

bool isTerminal() {
#ifdef _WIN32
    return _isatty(_fileno(stdout)) != 0;
#else
    return isatty(STDOUT_FILENO) == 1;
#endif
}

} // namespace sealwright::cli
