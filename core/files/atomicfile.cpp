#include "files/atomicfile.h"

#include "base/ownerfile.h"

#include <QDeadlineTimer>
#include <QFileInfo>
#include <QSaveFile>
#include <system_error>
#ifndef Q_OS_WIN
#include <unistd.h>
#endif

namespace sealwright {

namespace {

tl::unexpected<Problem<FileError>> failed(const QFileDevice& file) {
    return tl::unexpected(problem(FileError::system, file.errorString().toStdString()));
}

/// Goes on after a short write, since only the next one tells the reason (a full disk).
bool writeAll(QSaveFile& file, const QByteArray& content) {
    qint64 written = 0;
    while (written < content.size()) {
        const qint64 more = file.write(content.constData() + written, content.size() - written);
        if (more <= 0) {
            return false;
        }
        written += more;
    }
    return file.flush(); // commit would not tell why it failed
}

#ifdef Q_OS_WIN
/// QSaveFile knows nothing of access lists.
tl::expected<void, Problem<FileError>> replaceOwnerFile(const QString& path, const QByteArray& content) {
    const std::filesystem::path target(path.toStdU16String());
    const Construction written(pathBeside(target));
    std::error_code error;
    writeOwnerFile(written.path(), {content.constData(), static_cast<std::size_t>(content.size())}, 0600, error);
    if (!error) {
        std::filesystem::rename(written.path(), target, error);
    }
    if (error) {
        return tl::unexpected(problem(FileError::system, error.message()));
    }
    return {};
}
#endif

/// So that root's change of a name server's file does not take it from the name server.
void keepOwner(const QFileInfo& old, QSaveFile& file) {
#ifndef Q_OS_WIN
    if (old.exists() && fchown(file.handle(), old.ownerId(), old.groupId()) != 0) {
        return; // Only root may, and then it was ours before.
    }
#else
    Q_UNUSED(old)
    Q_UNUSED(file)
#endif
}

} // namespace

FileLock::FileLock(const QString& path) : lock_(path + QStringLiteral(".lock")) {}

tl::expected<void, Problem<FileError>> FileLock::take(std::chrono::milliseconds deadline, const std::stop_token& stop) {
    constexpr int slice = 50; // ms between two looks at the stop token
    const QDeadlineTimer end(deadline);
    while (!lock_.tryLock(slice) && lock_.error() == QLockFile::LockFailedError) {
        if (stop.stop_requested()) {
            return tl::unexpected(problem(FileError::cancelled));
        }
        // A program that was killed between making the lock and writing its name into it will never free it.
        const auto isDead = [this] {
            return !lock_.getLockInfo(nullptr, nullptr, nullptr) && lock_.removeStaleLockFile();
        };
        if (end.hasExpired() && !isDead()) {
            return tl::unexpected(problem(FileError::inUse));
        }
    }
    return {};
}

tl::expected<QByteArray, Problem<FileError>> readFile(const QString& path, qint64 longest) {
    QFile file(path);
    const QFileInfo info(path);
    if (info.exists() && !info.isFile()) { // a named pipe would keep us waiting for ever
        const auto word = std::make_error_code(std::errc::invalid_argument).message();
        return tl::unexpected(problem(FileError::system, word));
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return failed(file);
    }
    QByteArray content = file.read(longest + 1);
    if (file.error() != QFileDevice::NoError) {
        return failed(file);
    }
    if (content.size() > longest) {
        return tl::unexpected(problem(FileError::tooLong));
    }
    return content;
}

tl::expected<void, Problem<FileError>> replaceFile(const QString& path, const QByteArray& content, Readers readers) {
#ifdef Q_OS_WIN
    if (readers == Readers::owner) {
        return replaceOwnerFile(path, content);
    }
#endif
    constexpr QFileDevice::Permissions ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    const QFileInfo old(path);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || (readers == Readers::owner && !file.setPermissions(ownerOnly)) ||
        !writeAll(file, content)) {
        return failed(file);
    }
    if (readers == Readers::everybody) {
        keepOwner(old, file);
    }
    if (!file.commit()) {
        return failed(file);
    }
    return {};
}

} // namespace sealwright
