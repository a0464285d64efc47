#include "lint/readfiles.h"

#include "takeover/filename.h"
#include "takeover/openfile.h"

#include <algorithm>
#ifndef _WIN32
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace sealwright::lint {
namespace {

namespace fs = std::filesystem;

std::string utf8(const fs::path& path) {
    const auto text = path.generic_u8string();
    return {text.begin(), text.end()};
}

// Who may open it, of a server's own files. What belongs to the user who asks was copied from there.
void readAccess(const fs::path& path, ServerFile& file) {
#ifdef _WIN32
    file.isCopy = true;
    (void)path;
#else
    struct stat status {};
    if (stat(path.c_str(), &status) != 0) {
        return;
    }
    file.isCopy = status.st_uid != 0 && status.st_uid == geteuid();
    if (file.isCopy) {
        return;
    }
    const passwd* owner = getpwuid(status.st_uid); // no other thread asks
    const group* group = getgrgid(status.st_gid);
    file.access = FileAccess{static_cast<unsigned>(status.st_mode) & 07777U,
                             owner == nullptr ? std::to_string(status.st_uid) : owner->pw_name,
                             group == nullptr ? std::to_string(status.st_gid) : group->gr_name};
#endif
}

// The kind of the key, and no more of it.
std::optional<KeySeen> keyIn(std::string_view octets, std::string_view name) {
    const bool pem = holdsPrivateKey(octets);
    if (!pem && (!takeover::isCalledPrivate(name) || takeover::isCalledPublic(name))) {
        return std::nullopt;
    }
    const auto key = KeyPair::fromServerFile(octets);
    if (key) {
        return KeySeen{key->type(), key->bits()};
    }
    const bool tooShort = key.error().code == KeyError::tooShort;
    return pem ? std::optional(KeySeen{KeyType::rsa, tooShort ? shortestRsaBits - 1 : 0}) : std::nullopt;
}

class Reader {
public:
    explicit Reader(const ReadLimits& limits) : limits_(limits) {}

    void readFile(const fs::path& path, bool named) {
        std::error_code error;
        const SecretBytes octets = takeover::readFile(path, longestFile, error);
        ServerFile file{utf8(path), {}};
        if (error) {
            leave(path, LeftOut::unreadable);
            return;
        }
        if (octets.size() > longestFile) {
            if (named || kindOfName(file.name) != FileKind::unknown) {
                leave(path, LeftOut::tooLong);
            }
            return;
        }
        file.key = keyIn(octets.view(), file.name);
        if (file.key) {
            readAccess(path, file);
        } else {
            file.text = octets.view();
        }
        if (named || file.key || isAboutSigning(file)) {
            files_.push_back(std::move(file));
        }
    }

    void readFolder(const fs::path& path, std::size_t depth) {
        ServerFile folder{utf8(path), {}};
        folder.isFolder = true;
        readAccess(path, folder);
        files_.push_back(std::move(folder));
        std::error_code error;
        std::vector<fs::path> entries;
        for (fs::directory_iterator each(path, error), end; !error && each != end; each.increment(error)) {
            if (++entries_ > limits_.entries) {
                leave(path, LeftOut::tooMany);
                break;
            }
            entries.push_back(each->path());
        }
        if (error) {
            leave(path, LeftOut::unreadable);
        }
        std::ranges::sort(entries);
        for (const fs::path& entry : entries) {
            if (entries_ <= limits_.entries) {
                readEntry(entry, depth);
            }
        }
    }

    [[nodiscard]] std::vector<ServerFile> take() { return std::move(files_); }

private:
    void leave(const fs::path& path, LeftOut why) {
        files_.push_back({utf8(path), {}});
        files_.back().leftOut = why;
    }

    // Beside what is known by name, tables of keys have names of their own.
    static bool isAboutSigning(const ServerFile& file) {
        if (kindOfName(file.name) != FileKind::unknown) {
            return true;
        }
        const FileKind kind = kindOf(file);
        return kind == FileKind::keyTable || kind == FileKind::signingTable;
    }

    void readEntry(const fs::path& path, std::size_t depth) {
        std::error_code error;
        switch (takeover::kindOf(path, error)) {
        case takeover::EntryKind::link:
            leave(path, LeftOut::link);
            return;
        case takeover::EntryKind::other:
            leave(path, error ? LeftOut::unreadable : LeftOut::notAFile);
            return;
        case takeover::EntryKind::folder:
            if (depth + 1 >= limits_.depth) {
                leave(path, LeftOut::tooDeep);
            } else {
                readFolder(path, depth + 1);
            }
            return;
        case takeover::EntryKind::file:
            readFile(path, false);
            return;
        }
    }

    const ReadLimits& limits_;
    std::vector<ServerFile> files_;
    std::size_t entries_ = 0;
};

} // namespace

std::vector<ServerFile> readFiles(const fs::path& path, const ReadLimits& limits) {
    std::error_code error;
    const fs::path whole = fs::canonical(path, error); // the user's own link may be followed
    Reader reader(limits);
    if (fs::is_directory(whole, error)) {
        reader.readFolder(whole, 0);
    } else {
        reader.readFile(error ? path : whole, true);
    }
    std::vector<ServerFile> files = reader.take();
    if (files.size() == 1 && !files.front().isFolder && !files.front().key) {
        files.front().name = utf8(path); // as the user calls it
    }
    return files;
}

ServerFile asServerFile(std::string name, std::string_view text) {
    ServerFile file{std::move(name), {}};
    file.key = keyIn(text, {});
    if (!file.key) {
        file.text = text;
    }
    return file;
}

} // namespace sealwright::lint
