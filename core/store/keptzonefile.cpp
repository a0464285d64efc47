#include "store/keptzonefile.h"

#include "files/atomicfile.h"

#include <QDeadlineTimer>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryFile>

namespace sealwright {

namespace {

tl::unexpected<Problem<KeptZoneError>> failure(KeptZoneError code, std::string_view what = {}) {
    return tl::unexpected(problem(code, what));
}

/// Debian keeps it where only root's PATH leads.
QString checkzone() {
    const QString name = QStringLiteral("named-checkzone");
    const QString program = QStandardPaths::findExecutable(name);
    return !program.isEmpty()
               ? program
               : QStandardPaths::findExecutable(name, {QStringLiteral("/usr/sbin"), QStringLiteral("/usr/local/sbin")});
}

} // namespace

tl::expected<KeptZoneFile, Problem<KeptZoneError>> KeptZoneFile::open(const QString& path) {
    const QString canonical = QFileInfo(path).canonicalFilePath();
    auto content = readFile(canonical.isEmpty() ? path : canonical, longestZoneFile);
    if (!content) {
        const bool tooLong = content.error().code == FileError::tooLong;
        return failure(tooLong ? KeptZoneError::tooLong : KeptZoneError::unreadable, content.error().what);
    }
    return KeptZoneFile(canonical, std::move(*content));
}

KeptZoneFile::Result KeptZoneFile::isOurs() const {
    const auto now = readFile(path_, longestZoneFile);
    if (!now || *now != content_) {
        return failure(KeptZoneError::changed);
    }
    return {};
}

KeptZoneFile::Result KeptZoneFile::save(const QByteArray& content) {
    if (auto ours = isOurs(); !ours) {
        return ours;
    }
    const bool isPublic = QFile::permissions(path_).testFlag(QFileDevice::ReadOther);
    const std::tuple<QString, QByteArray, Readers> files[] = {
        {path_ + u'~', content_, isPublic ? Readers::everybody : Readers::owner}, {path_, content, Readers::everybody}};
    for (const auto& [name, octets, readers] : files) {
        if (const auto written = replaceFile(name, octets, readers); !written) {
            return failure(KeptZoneError::unwritable, written.error().what);
        }
    }
    before_ = std::exchange(content_, content);
    return {};
}

KeptZoneFile::Result KeptZoneFile::undo() {
    if (!canUndo()) {
        return failure(KeptZoneError::nothingSaved);
    }
    if (auto ours = isOurs(); !ours) {
        return ours;
    }
    if (const auto written = replaceFile(path_, before_, Readers::everybody); !written) {
        return failure(KeptZoneError::unwritable, written.error().what);
    }
    content_ = std::exchange(before_, {});
    return {};
}

QString refusalByBind(const std::string& zone, const QByteArray& content, const std::stop_token& stop) {
    constexpr int slice = 50; // ms between two looks at the stop token
    constexpr int deadline = 20'000;
    const QString program = checkzone();
    QTemporaryFile file;
    if (program.isEmpty()) {
        return {};
    }
    if (!file.open() || file.write(content) != content.size() || !file.flush()) {
        return file.errorString();
    }
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program,
                  {QStringLiteral("-i"), QStringLiteral("local"), QString::fromStdString(zone), file.fileName()});
    const QDeadlineTimer end(deadline);
    while (!process.waitForFinished(slice) && process.state() != QProcess::NotRunning) {
        if (stop.stop_requested() || end.hasExpired()) {
            process.kill();
            process.waitForFinished();
            return stop.stop_requested() ? QString() : QStringLiteral("named-checkzone: timeout");
        }
    }
    if (process.exitStatus() != QProcess::NormalExit) {
        return process.errorString();
    }
    if (process.exitCode() == 0) {
        return {};
    }
    return QString::fromUtf8(process.readAll()).remove(file.fileName() + u':').trimmed();
}

} // namespace sealwright
