#include "takeover/serverfolder.h"

#include "takeover/filename.h"
#include "takeover/openfile.h"

#include <algorithm>
#include <set>

namespace sealwright::takeover {

namespace fs = std::filesystem;

namespace {

using Fault = std::optional<Problem<FolderError>>;

/// To open one may take some seconds, and no server has any: it could not read them.
constexpr std::size_t mostProtectedKeys = 10;

std::string utf8(const fs::path& path) {
    const auto text = path.generic_u8string();
    return {text.begin(), text.end()};
}

bool has(const SecretBytes& octets, std::string_view words) {
    return octets.view().find(words) != std::string_view::npos;
}

std::string fileNameIn(const std::string& path) {
    return path.substr(path.find_last_of("/\\") + 1);
}

class Reader {
public:
    Reader(const AskPassphrase& askPassphrase, const std::stop_token& stop, const FolderLimits& limits)
        : askPassphrase_(askPassphrase), stop_(stop), limits_(limits) {}

    [[nodiscard]] Fault readTable(const fs::path& path) {
        std::error_code error;
        const SecretBytes octets = readFile(path, limits_.fileOctets, error);
        if (error) {
            return problem(FolderError::unreadable, error.message());
        }
        if (octets.size() > limits_.fileOctets || !takeTable(octets, utf8(path.filename()))) {
            return problem(FolderError::noKeyTable);
        }
        for (const KeyTableRow& row : found_.rows) {
            wanted_.insert(fileNameIn(row.path));
        }
        if (wanted_.empty()) { // It has its keys in itself.
            return {};
        }
        return readFolder(path.has_parent_path() ? path.parent_path() : fs::path("."), {}, 0);
    }

    [[nodiscard]] Fault readFolder(const fs::path& folder, const std::string& name, std::size_t depth) {
        std::error_code error;
        std::vector<fs::path> entries;
        for (fs::directory_iterator each(folder, error), end; !error && each != end; each.increment(error)) {
            entries.push_back(each->path());
            if (++entries_ > limits_.files) {
                return problem(FolderError::tooManyFiles, std::to_string(limits_.files));
            }
        }
        if (error) {
            if (name.empty()) {
                return problem(FolderError::unreadable, error.message());
            }
            leave(name, LeftReason::unreadable, error.message());
            return {};
        }
        std::ranges::sort(entries);
        for (const fs::path& entry : entries) {
            if (stop_.stop_requested()) {
                return problem(FolderError::cancelled);
            }
            std::string below = name.empty() ? std::string() : name + '/';
            below += utf8(entry.filename());
            if (Fault fault = readEntry(entry, below, depth)) {
                return fault;
            }
        }
        return {};
    }

    [[nodiscard]] ServerFolder take(std::string name) {
        found_.name = std::move(name);
        return std::move(found_);
    }

private:
    void leave(const std::string& file, LeftReason why, std::string what = {}) {
        found_.left.push_back({file, why, std::move(what), {}});
    }

    [[nodiscard]] Fault readEntry(const fs::path& path, const std::string& name, std::size_t depth) {
        std::error_code error;
        const EntryKind kind = kindOf(path, error);
        if (kind != EntryKind::folder && !wanted_.empty() && !wanted_.contains(fileNameIn(name))) {
            return {};
        }
        if (error) {
            leave(name, LeftReason::unreadable, error.message());
            return {};
        }
        switch (kind) {
        case EntryKind::link:
            leave(name, LeftReason::link);
            return {};
        case EntryKind::other:
            leave(name, LeftReason::notAFile);
            return {};
        case EntryKind::folder:
            if (depth + 1 >= limits_.depth) {
                leave(name, LeftReason::tooDeep);
                return {};
            }
            return readFolder(path, name, depth + 1);
        case EntryKind::file:
            break;
        }
        const SecretBytes octets = readFile(path, limits_.fileOctets, error);
        octets_ += octets.size();
        if (error) {
            leave(name, LeftReason::unreadable, error.message());
        } else if (octets.size() > limits_.fileOctets) {
            leave(name, LeftReason::tooLarge);
        } else if (octets_ > limits_.allOctets) {
            return problem(FolderError::tooLarge);
        } else {
            return takeFile(octets, name);
        }
        return {};
    }

    // What a file is, its content says; the name only where that could be two things.
    [[nodiscard]] Fault takeFile(const SecretBytes& octets, const std::string& name) {
        if (has(octets, "-----BEGIN ") && has(octets, "PRIVATE KEY-----")) {
            return takeKey(octets, name, true);
        }
        if (auto half = readPublicPem(octets.view())) {
            found_.halves.push_back({name, std::move(*half)});
        } else if (auto record = readRecordFile(octets.view())) {
            found_.halves.push_back({name, std::move(*record)});
        } else if (!takeTable(octets, name) && !isCalledPublic(name)) {
            return takeKey(octets, name, isCalledPrivate(name));
        }
        return {};
    }

    [[nodiscard]] bool takeTable(const SecretBytes& octets, const std::string& name) {
        const KeyTable table = parseKeyTable(octets.view());
        if (table.rows.empty() && !table.holdsKeys) {
            return false;
        }
        if (table.firstBroken != 0) {
            leave(name, LeftReason::brokenRow, std::to_string(table.firstBroken));
        }
        if (table.holdsKeys) {
            leave(name, LeftReason::keyInTable);
        }
        found_.rows.insert(found_.rows.end(), table.rows.begin(), table.rows.end());
        return true;
    }

    [[nodiscard]] Fault takeKey(const SecretBytes& octets, const std::string& name, bool claimsToBeOne) {
        auto key = KeyPair::fromServerFile(octets.view());
        if (!key && key.error().code == KeyError::passphraseNeeded && ++protected_ <= mostProtectedKeys) {
            if (const SecretBytes* passphrase = askOnce()) {
                key = KeyPair::fromServerFile(octets.view(), *passphrase);
            }
        }
        if (!key) {
            if (claimsToBeOne || key.error().code != KeyError::notAKey) {
                found_.left.push_back({name, LeftReason::refused, {}, key.error()});
            }
            return {};
        }
        const auto same = std::ranges::find(fingerprints_, key->fingerprint());
        if (same != fingerprints_.end()) {
            found_.keys[static_cast<std::size_t>(same - fingerprints_.begin())].files.push_back(name);
            return {};
        }
        if (found_.keys.size() == limits_.keys) {
            return problem(FolderError::tooManyKeys, std::to_string(limits_.keys));
        }
        fingerprints_.push_back(key->fingerprint());
        found_.keys.push_back({{name}, std::move(*key)});
        return {};
    }

    [[nodiscard]] const SecretBytes* askOnce() {
        if (!asked_) {
            asked_ = true;
            passphrase_ = askPassphrase_();
        }
        return passphrase_ ? &*passphrase_ : nullptr;
    }

    const AskPassphrase& askPassphrase_;
    const std::stop_token& stop_;
    const FolderLimits& limits_;
    ServerFolder found_;
    std::vector<std::string> fingerprints_; ///< Of found_.keys.
    std::set<std::string> wanted_;          ///< File names a KeyTable has; empty: all.
    std::optional<SecretBytes> passphrase_;
    bool asked_ = false;
    std::size_t protected_ = 0;
    std::size_t entries_ = 0;
    std::size_t octets_ = 0;
};

} // namespace

tl::expected<ServerFolder, Problem<FolderError>> readServerFolder(const fs::path& path,
                                                                  const AskPassphrase& askPassphrase,
                                                                  const std::stop_token& stop,
                                                                  const FolderLimits& limits) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error); // The user's own link may be followed.
    const fs::path whole = fs::absolute(path, error).lexically_normal();
    Reader reader(askPassphrase, stop, limits);
    Fault fault;
    fs::path folder = whole;
    if (fs::is_regular_file(status)) {
        folder = whole.parent_path();
        fault = reader.readTable(fs::canonical(path, error));
    } else {
        fault = reader.readFolder(path, {}, 0);
    }
    if (fault) {
        return tl::unexpected(std::move(*fault));
    }
    return reader.take(utf8(folder.has_filename() ? folder.filename() : folder.parent_path().filename()));
}

} // namespace sealwright::takeover
