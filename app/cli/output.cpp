#include "cli/output.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cerrno>
#include <cstdio>

#ifdef _WIN32
#include <io.h>
#else
#include <unistd.h>
#endif

namespace sealwright::cli {
namespace {

bool lost = false;

void write(std::FILE* stream, const QByteArray& octets) {
    const auto size = static_cast<std::size_t>(octets.size());
    errno = 0;
    const bool written = std::fwrite(octets.constData(), 1, size, stream) == size && std::fflush(stream) == 0;
    // A reader that has gone away has what it wanted.
    lost = lost || (!written && errno != EPIPE && stream == stdout);
}

} // namespace

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
