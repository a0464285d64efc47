#include "store/profilestore.h"

#include <QFileInfo>
#include <QLockFile>
#include <QSaveFile>
#include <algorithm>

namespace sealwright {

namespace {

template <class T>
using Result = tl::expected<T, Problem<ProfileError>>;

/// Hundreds of keys and addresses.
constexpr qint64 longestFile = 1'000'000;

constexpr int lockDeadline = 2000; // ms; a save takes some

const QString extension = QStringLiteral(".json");

tl::unexpected<Problem<ProfileError>> failed(ProfileError error, const QString& why) {
    return tl::unexpected(problem(error, why.toStdString()));
}

/// Why a file can't be made there: QLockFile does not tell.
QString whyNotWritable(const QString& path) {
    QSaveFile file(path);
    file.open(QIODevice::WriteOnly);
    return file.errorString();
}

/// Makes this process the only one that changes the file.
Result<void> claim(QLockFile& lockFile, const QString& path) {
    if (lockFile.tryLock(lockDeadline)) {
        return {};
    }
    if (lockFile.error() == QLockFile::LockFailedError) {
        return tl::unexpected(problem(ProfileError::inUse));
    }
    return failed(ProfileError::cannotWrite, whyNotWritable(path));
}

} // namespace

ProfileStore::ProfileStore(const QDir& dataFolder) : folder_(dataFolder.filePath(QStringLiteral("profiles"))) {}

std::vector<DomainName> ProfileStore::list() const {
    std::vector<DomainName> domains;
    for (const QString& file : folder_.entryList({QLatin1Char('*') + extension}, QDir::Files)) {
        auto domain = DomainName::parse(file.chopped(extension.size()).toStdString());
        if (domain && path(*domain) == folder_.filePath(file)) {
            domains.push_back(std::move(*domain));
        }
    }
    std::ranges::sort(domains);
    return domains;
}

Result<StoredProfile> ProfileStore::load(const DomainName& domain) const {
    const QFileInfo info(path(domain));
    if (!info.exists() && !info.isSymLink() && (!folder_.exists() || folder_.isReadable())) {
        return tl::unexpected(problem(ProfileError::absent));
    }
    QFile file(info.filePath());
    if (info.exists() && !info.isFile()) { // a named pipe would keep us waiting for ever
        return failed(ProfileError::cannotRead, info.filePath());
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return failed(ProfileError::cannotRead, file.errorString());
    }
    const QByteArray json = file.read(longestFile + 1);
    if (file.error() != QFileDevice::NoError) {
        return failed(ProfileError::cannotRead, file.errorString());
    }
    if (json.size() > longestFile) {
        return tl::unexpected(problem(ProfileError::notAProfile));
    }
    auto stored = profileFromJson(json);
    if (stored && stored->profile.domain != domain) {
        return tl::unexpected(problem(ProfileError::badField, "domain"));
    }
    return stored;
}

Result<void> ProfileStore::save(const StoredProfile& stored) {
    const QString name = path(stored.profile.domain);
    if (!folder_.mkpath(QStringLiteral("."))) {
        return failed(ProfileError::cannotWrite, folder_.path());
    }
    QLockFile lockFile(name + QStringLiteral(".lock"));
    if (auto claimed = claim(lockFile, name); !claimed) {
        return claimed;
    }
    const auto present = load(stored.profile.domain);
    const bool presentIsNewer = present ? present->readOnly : present.error().code == ProfileError::newerVersion;
    if (stored.readOnly || presentIsNewer) {
        return tl::unexpected(problem(ProfileError::newerVersion));
    }
    const QByteArray json = toJson(stored);
    QSaveFile file(name);
    // Without flush(), commit() takes no notice of what could not be written at the end (Qt 6.4).
    if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size() || !file.flush() || !file.commit()) {
        return failed(ProfileError::cannotWrite, file.errorString());
    }
    return {};
}

Result<void> ProfileStore::remove(const DomainName& domain) {
    QFile file(path(domain));
    if (!file.exists()) {
        return tl::unexpected(problem(ProfileError::absent));
    }
    QLockFile lockFile(file.fileName() + QStringLiteral(".lock"));
    return claim(lockFile, file.fileName()).and_then([&]() -> Result<void> {
        if (!file.remove()) {
            return failed(ProfileError::cannotWrite, file.errorString());
        }
        return {};
    });
}

QString ProfileStore::path(const DomainName& domain) const {
    return folder_.filePath(QString::fromStdString(domain.toString()) + extension);
}

} // namespace sealwright
