#include "vault/filevault.h"

#include "files/atomicfile.h"
#include "vault/vaultfile.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <system_error>

namespace sealwright {

namespace {

template <class T>
using Result = tl::expected<T, Problem<VaultError>>;

/// Thousands of keys.
constexpr qint64 longestFile = 16'000'000;

constexpr std::chrono::seconds lockDeadline{10};

QString nameOf(const std::filesystem::path& file) {
    return QFile(file).fileName();
}

Problem<VaultError> unavailable(const QString& path, std::string_view why) {
    return problem(VaultError::unavailable, path.toStdString() + ": " + std::string(why));
}

Problem<VaultError> unavailable(const QFileInfo& path, std::errc why) {
    return unavailable(path.filePath(), std::make_error_code(why).message());
}

/// What trouble with the file means for the vault in it.
auto outcomeIn(const QString& path) {
    return [path](const Problem<FileError>& error) {
        switch (error.code) {
        case FileError::inUse:
            return problem(VaultError::timedOut, path.toStdString());
        case FileError::tooLong:
            return problem(VaultError::damaged, path.toStdString());
        case FileError::cancelled:
            return problem(VaultError::cancelled);
        case FileError::system:
            break;
        }
        return unavailable(path, error.what);
    };
}

/// No entries where there is no file yet.
Result<VaultFile> readVault(const QString& name) {
    const QFileInfo info(name);
    const QFileInfo folder(info.path());
    if (!folder.isDir()) {
        return tl::unexpected(unavailable(folder, std::errc::no_such_file_or_directory));
    }
    if (!folder.isReadable() || !folder.isExecutable()) {
        return tl::unexpected(unavailable(folder, std::errc::permission_denied));
    }
    if (!info.exists() && !info.isSymLink()) {
        return VaultFile{};
    }
    return readFile(name, longestFile).map_error(outcomeIn(name)).and_then([&](const QByteArray& text) {
        return VaultFile::parse({text.constData(), static_cast<std::size_t>(text.size())}).map_error([&](auto damaged) {
            return problem(VaultError::damaged, name.toStdString(), damaged.where);
        });
    });
}

Result<void> writeVault(const QString& name, const VaultFile& content) {
    return replaceFile(name, QByteArray::fromStdString(content.toString()), Readers::owner).map_error(outcomeIn(name));
}

Result<KeyPair> decrypt(const VaultEntry& entry, const SecretBytes& passphrase) {
    if (!entry.isIntact()) {
        return tl::unexpected(problem(VaultError::damaged, entry.id.domain.toString()));
    }
    return KeyPair::fromPem(entry.pem, passphrase).map_error([&](const Problem<KeyError>& error) {
        return error.code == KeyError::wrongPassphrase ? problem(VaultError::wrongPassphrase)
                                                       : problem(VaultError::damaged, entry.id.domain.toString());
    });
}

/// Who stops the program while it asks for the passphrase has not refused to tell it.
auto lockedUnlessStopped(const std::stop_token& stop) {
    return [stop](const Problem<VaultError>& error) {
        return error.code == VaultError::locked && stop.stop_requested() ? problem(VaultError::cancelled) : error;
    };
}

} // namespace

FileVault::FileVault(std::filesystem::path file, AskPassphrase askPassphrase)
    : file_(std::move(file)), askPassphrase_(std::move(askPassphrase)) {}

FileVault::Result<KeyPair> FileVault::load(const KeyId& id, std::stop_token stop) {
    const std::scoped_lock guard(mutex_);
    if (stop.stop_requested()) {
        return tl::unexpected(problem(VaultError::cancelled));
    }
    return read(id).map_error(lockedUnlessStopped(stop));
}

FileVault::Result<void> FileVault::store(const KeyId& id, const KeyPair& key, std::stop_token stop) {
    const std::scoped_lock guard(mutex_);
    const QString name = nameOf(file_);
    FileLock lock(name);
    return lock.take(lockDeadline, stop)
        .map_error(outcomeIn(name))
        .and_then([&] { return readVault(name); })
        .and_then([&](VaultFile content) -> Result<void> {
            if (auto checked = checkPassphrase(content); !checked) {
                return checked;
            }
            if (const VaultEntry* present = content.find(id); present != nullptr && present->isIntact()) {
                return isKey(content, id, key);
            }
            const auto pem = key.toEncryptedPem(*passphrase_);
            if (!pem) {
                return tl::unexpected(unavailable(name, pem.error().what));
            }
            if (stop.stop_requested()) {
                return tl::unexpected(problem(VaultError::cancelled));
            }
            content.put({id, std::string(pem->view())});
            return writeVault(name, content);
        })
        .and_then([&] { return read(id); })
        .and_then([&](const KeyPair& readBack) -> Result<void> {
            if (readBack.fingerprint() != key.fingerprint()) {
                return tl::unexpected(problem(VaultError::damaged, place()));
            }
            return {};
        })
        .map_error(lockedUnlessStopped(stop));
}

FileVault::Result<void> FileVault::remove(const KeyId& id, std::stop_token stop) {
    const std::scoped_lock guard(mutex_);
    const QString name = nameOf(file_);
    FileLock lock(name);
    return lock.take(lockDeadline, stop)
        .map_error(outcomeIn(name))
        .and_then([&] { return readVault(name); })
        .and_then([&](VaultFile content) -> Result<void> {
            if (content.find(id) == nullptr) {
                return {};
            }
            content.erase(id);
            return writeVault(name, content);
        });
}

std::string FileVault::place() const {
    return QDir::toNativeSeparators(nameOf(file_)).toStdString();
}

FileVault::Result<KeyPair> FileVault::read(const KeyId& id) {
    return readVault(nameOf(file_)).and_then([&](const VaultFile& content) { return open(content, id); });
}

FileVault::Result<void> FileVault::isKey(const VaultFile& file, const KeyId& id, const KeyPair& key) {
    return open(file, id).and_then([&](const KeyPair& present) -> Result<void> {
        if (present.fingerprint() != key.fingerprint()) {
            return tl::unexpected(problem(VaultError::occupied));
        }
        return {};
    });
}

FileVault::Result<KeyPair> FileVault::open(const VaultFile& file, const KeyId& id) {
    const VaultEntry* entry = file.find(id);
    if (entry == nullptr) {
        return tl::unexpected(problem(VaultError::absent));
    }
    auto key = passphrase().and_then([&](const SecretBytes* known) { return decrypt(*entry, *known); });
    if (!key && key.error().code == VaultError::wrongPassphrase) {
        passphrase_.reset();
    }
    return key;
}

/// All keys of a vault have the same passphrase: who mistypes it while adding one would lose the new key.
FileVault::Result<void> FileVault::checkPassphrase(const VaultFile& file) {
    const auto known = std::ranges::find_if(file.entries, &VaultEntry::isIntact);
    if (known == file.entries.end()) {
        return passphrase().map([](const SecretBytes*) {});
    }
    return open(file, known->id).map([](const KeyPair&) {});
}

FileVault::Result<const SecretBytes*> FileVault::passphrase() {
    if (!passphrase_) {
        passphrase_ = askPassphrase_();
    }
    if (!passphrase_ || passphrase_->empty()) {
        passphrase_.reset();
        return tl::unexpected(problem(VaultError::locked));
    }
    return &*passphrase_;
}

} // namespace sealwright
