#include "store/profilestore.h"

#include "files/atomicfile.h"

#include <QFileInfo>
#include <algorithm>
#include <filesystem>
#include <system_error>

namespace sealwright {

namespace {

template <class T>
using Result = tl::expected<T, Problem<ProfileError>>;

/// Hundreds of keys and addresses.
constexpr qint64 longestFile = 1'000'000;

constexpr std::chrono::seconds lockDeadline{2}; // a save takes some ms

const QString extension = QStringLiteral(".json");

/// The one way in which a profile's file is in use is that another program saves it.
auto as(ProfileError error) {
    return [error](const Problem<FileError>& problem) {
        return sealwright::problem(problem.code == FileError::inUse ? ProfileError::inUse : error, problem.what);
    };
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
    auto json = readFile(info.filePath(), longestFile);
    if (!json) {
        const bool tooLong = json.error().code == FileError::tooLong;
        return tl::unexpected(as(tooLong ? ProfileError::notAProfile : ProfileError::cannotRead)(json.error()));
    }
    auto stored = profileFromJson(*json);
    if (!stored) {
        return stored;
    }
    if (stored->profile.domain != domain) {
        return tl::unexpected(problem(ProfileError::badField, "domain"));
    }
    stored->file = std::move(*json);
    return stored;
}

Result<void> ProfileStore::save(StoredProfile& stored) {
    const QString name = path(stored.profile.domain);
    std::error_code error;
    std::filesystem::create_directories(QFileInfo(folder_.path()).filesystemFilePath(), error);
    if (error) {
        return tl::unexpected(problem(ProfileError::cannotWrite, error.message()));
    }
    FileLock lock(name);
    if (auto taken = lock.take(lockDeadline); !taken) {
        return tl::unexpected(as(ProfileError::cannotWrite)(taken.error()));
    }
    const auto present = load(stored.profile.domain);
    const bool presentIsNewer = present ? present->readOnly : present.error().code == ProfileError::newerVersion;
    if (stored.readOnly || presentIsNewer) {
        return tl::unexpected(problem(ProfileError::newerVersion));
    }
    if ((present ? present->file : QByteArray()) != stored.file) {
        return tl::unexpected(problem(ProfileError::changedMeanwhile));
    }
    QByteArray json = toJson(stored);
    return replaceFile(name, json, Readers::everybody).map_error(as(ProfileError::cannotWrite)).map([&] {
        stored.file = std::move(json);
    });
}

Result<void> ProfileStore::remove(const DomainName& domain) {
    QFile file(path(domain));
    if (!file.exists()) {
        return tl::unexpected(problem(ProfileError::absent));
    }
    FileLock lock(file.fileName());
    return lock.take(lockDeadline).map_error(as(ProfileError::cannotWrite)).and_then([&]() -> Result<void> {
        if (!file.remove()) {
            return tl::unexpected(problem(ProfileError::cannotWrite, file.errorString().toStdString()));
        }
        return {};
    });
}

QString ProfileStore::path(const DomainName& domain) const {
    return folder_.filePath(QString::fromStdString(domain.toString()) + extension);
}

} // namespace sealwright
