#include "vault/filevault.h"

#include "vault/vaultfile.h"

#include <QDeadlineTimer>
#include <QFileInfo>
#include <QLockFile>
#include <QSaveFile>
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

tl::unexpected<Problem<VaultError>> unavailable(const QString& path, const QString& why) {
    return tl::unexpected(problem(VaultError::unavailable, (path + QStringLiteral(": ") + why).toStdString()));
}

QString word(std::errc error) {
    return QString::fromStdString(std::make_error_code(error).message());
}

/// The file's content; no entries where there is no file yet.
Result<VaultFile> readFile(const QString& name) {
    const QFileInfo info(name);
    const QFileInfo folder(info.path());
    if (!folder.isDir()) {
        return unavailable(folder.filePath(), word(std::errc::no_such_file_or_directory));
    }
    if (!folder.isReadable() || !folder.isExecutable()) {
        return unavailable(folder.filePath(), word(std::errc::permission_denied));
    }
    if (!info.exists() && !info.isSymLink()) {
        return VaultFile{};
    }
    QFile file(name);
    if (!info.isFile()) { // a named pipe would keep us waiting for ever
        return unavailable(name, word(std::errc::invalid_argument));
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return unavailable(name, file.errorString());
    }
    const QByteArray text = file.read(longestFile + 1);
    if (file.error() != QFileDevice::NoError) {
        return unavailable(name, file.errorString());
    }
    if (text.size() > longestFile) {
        return tl::unexpected(problem(VaultError::damaged, name.toStdString()));
    }
    return VaultFile::parse({text.constData(), static_cast<std::size_t>(text.size())}).map_error([&](auto damaged) {
        return problem(VaultError::damaged, name.toStdString(), damaged.where);
    });
}

Result<void> writeFile(const QString& name, const VaultFile& content) {
    const std::string text = content.toString();
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly) ||
        !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) || // before the first octet
        file.write(text.data(), static_cast<qint64>(text.size())) != static_cast<qint64>(text.size()) ||
        !file.flush() || // commit() takes no notice of what its last flush could not write (Qt 6.4)
        !file.commit()) {
        return unavailable(name, file.errorString());
    }
    return {};
}

/// Why a file can't be made beside this one: QLockFile does not tell.
QString whyNotWritable(const QString& name) {
    QSaveFile file(name);
    return file.open(QIODevice::WriteOnly) ? word(std::errc::permission_denied) : file.errorString();
}

/// Makes this process the only one that changes the file.
Result<void> claim(QLockFile& lockFile, const QString& name, const std::stop_token& stop) {
    constexpr int slice = 50; // ms between two looks at the stop token
    const QDeadlineTimer deadline(lockDeadline);
    while (!lockFile.tryLock(slice)) {
        if (stop.stop_requested()) {
            return tl::unexpected(problem(VaultError::cancelled));
        }
        if (lockFile.error() != QLockFile::LockFailedError) {
            return unavailable(name, whyNotWritable(name));
        }
        if (deadline.hasExpired()) {
            return tl::unexpected(problem(VaultError::timedOut, lockFile.fileName().toStdString()));
        }
    }
    return {};
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

} // namespace

FileVault::FileVault(std::filesystem::path file, AskPassphrase askPassphrase)
    : file_(std::move(file)), askPassphrase_(std::move(askPassphrase)) {}

FileVault::Result<KeyPair> FileVault::load(const KeyId& id, std::stop_token stop) {
    const std::scoped_lock guard(mutex_);
    if (stop.stop_requested()) {
        return tl::unexpected(problem(VaultError::cancelled));
    }
    return read(id);
}

FileVault::Result<void> FileVault::store(const KeyId& id, const KeyPair& key, std::stop_token stop) {
    const std::scoped_lock guard(mutex_);
    const QString name = nameOf(file_);
    QLockFile lockFile(name + QStringLiteral(".lock"));
    return claim(lockFile, name, stop)
        .and_then([&] { return readFile(name); })
        .and_then([&](VaultFile content) -> Result<void> {
            if (auto checked = checkPassphrase(content); !checked) {
                return checked;
            }
            const auto pem = key.toEncryptedPem(*passphrase_);
            if (!pem) {
                return unavailable(name, QString::fromStdString(pem.error().what));
            }
            if (stop.stop_requested()) {
                return tl::unexpected(problem(VaultError::cancelled));
            }
            content.put({id, std::string(pem->view())});
            return writeFile(name, content);
        })
        .and_then([&] { return read(id); })
        .and_then([&](const KeyPair& readBack) -> Result<void> {
            if (readBack.fingerprint() != key.fingerprint()) {
                return tl::unexpected(problem(VaultError::damaged, place()));
            }
            return {};
        });
}

FileVault::Result<void> FileVault::remove(const KeyId& id, std::stop_token stop) {
    const std::scoped_lock guard(mutex_);
    const QString name = nameOf(file_);
    QLockFile lockFile(name + QStringLiteral(".lock"));
    return claim(lockFile, name, stop)
        .and_then([&] { return readFile(name); })
        .and_then([&](VaultFile content) -> Result<void> {
            if (content.find(id) == nullptr) {
                return {};
            }
            content.erase(id);
            return writeFile(name, content);
        });
}

std::string FileVault::place() const {
    return nameOf(file_).toStdString();
}

FileVault::Result<KeyPair> FileVault::read(const KeyId& id) {
    return readFile(nameOf(file_)).and_then([&](const VaultFile& content) { return open(content, id); });
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
