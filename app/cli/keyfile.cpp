#include "cli/keyfile.h"

#include "base/ownerfile.h"
#include "text/problemtext.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <filesystem>

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::KeyFile)
};

constexpr qint64 longestKeyFile = qint64{64} * 1024;

QString words(const std::error_code& error) {
    return QString::fromStdString(error.message());
}

} // namespace

Result<SecretBytes> readKeyFile(const std::string& path) {
    const QString name = shown(path);
    QFile file(QString::fromStdString(path));
    if (QFileInfo(file).isDir()) {
        return badInput(Words::tr("%1 is a folder. For all the keys in it: --folder %1").arg(name));
    }
    const bool opened = path == "-" ? file.open(stdin, QIODevice::ReadOnly | QIODevice::Unbuffered)
                                    : file.open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    if (!opened) {
        return badInput(Words::tr("%1 can't be read: %2").arg(name, file.errorString()));
    }
    SecretBytes octets(static_cast<std::size_t>(longestKeyFile) + 1);
    qint64 size = 0;
    for (qint64 got = 1; got > 0 && size <= longestKeyFile;) {
        got = file.read(octets.data() + size, longestKeyFile + 1 - size);
        if (got < 0) {
            return badInput(Words::tr("%1 can't be read: %2").arg(name, file.errorString()));
        }
        size += got;
    }
    if (size > longestKeyFile) {
        return badInput(Words::tr("%1 is too large for a key file.").arg(name));
    }
    octets.truncate(static_cast<std::size_t>(size));
    return octets;
}

Result<void> writeKeyFile(const std::string& path, const SecretBytes& pem, bool force) {
    const QString name = shown(path);
    const std::filesystem::path target(QString::fromStdString(path).toStdU16String());
    std::error_code error;
    if (!force && std::filesystem::exists(std::filesystem::symlink_status(target, error))) {
        return badInput(Words::tr("%1 exists. Choose another name, or add --force.").arg(name));
    }
    const Construction written(pathBeside(target));
    writeOwnerFile(written.path(), pem.view(), 0600, error);
    if (!error) {
        std::filesystem::rename(written.path(), target, error);
    }
    if (error) {
        return notFoundOut(Words::tr("%1 can't be written: %2").arg(name, words(error)));
    }
    return {};
}

} // namespace sealwright::cli
