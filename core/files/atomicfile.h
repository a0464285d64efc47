#pragma once

#include "base/problem.h"

#include <QByteArray>
#include <QLockFile>
#include <chrono>
#include <stop_token>
#include <tl/expected.hpp>

namespace sealwright {

enum class FileError {
    inUse, ///< Another process changes it.
    tooLong,
    cancelled,
    system, ///< what: the system's word
};

enum class Readers { owner, everybody };

/// While this lives and `take` succeeded, no other process of ours changes the file. Readers need no lock.
class FileLock {
public:
    explicit FileLock(const QString& path);

    /// Waits for another process until the deadline. Where no lock can be made, no file can be written either, and
    /// replaceFile will tell why: so that is no error here.
    [[nodiscard]] tl::expected<void, Problem<FileError>> take(std::chrono::milliseconds deadline,
                                                              const std::stop_token& stop = {});

private:
    QLockFile lock_;
};

/// The whole content of a regular file of at most `longest` octets.
[[nodiscard]] tl::expected<QByteArray, Problem<FileError>> readFile(const QString& path, qint64 longest);

/// All or nothing: a crash, a full disk or a killed program leaves the old file. The mode is set before the first
/// octet; for everybody it is that of the old file, and so is its owner as far as the system lets us.
[[nodiscard]] tl::expected<void, Problem<FileError>> replaceFile(const QString& path, const QByteArray& content,
                                                                 Readers readers);

} // namespace sealwright
