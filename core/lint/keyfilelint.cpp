#include "lint/keyplaces.h"
#include "lint/listing.h"
#include "takeover/filename.h"

#include <algorithm>
#include <set>

namespace sealwright::lint {
namespace {

constexpr unsigned othersRead = 0004;
constexpr unsigned othersWrite = 0002;
constexpr unsigned groupRead = 0040;
constexpr unsigned groupWrite = 0020;
constexpr unsigned sticky = 01000;
constexpr std::size_t mostComparisons = 2'000'000; // of places with files

struct Keys {
    std::vector<KeyPlace> places;
    std::vector<FileEntry> entries; ///< Files and folders that were listed or read.
    std::vector<const FileEntry*> keys;
    std::vector<Signing> programs; ///< Whose key each is.
    std::set<std::size_t> used;    ///< Indexes of places that have a file.
};

std::vector<FileEntry> allEntries(const Files& files) {
    std::vector<FileEntry> entries;
    for (std::size_t i = 0; i < files.all.size(); ++i) {
        const ServerFile& file = files.all[i];
        if (files.kinds[i] == FileKind::listing) {
            std::ranges::move(entriesOf(file.text, i), std::back_inserter(entries));
        } else if (files.kinds[i] == FileKind::privateKey || file.access) {
            entries.push_back({i, 0, {}, file.name, file.isFolder, file.access.value_or(FileAccess{}), file.key});
        }
    }
    return entries;
}

bool isKnown(const FileAccess& access) {
    return !access.owner.empty();
}

LintFinding at(LintCode code, const FileEntry& entry, std::string mended = {}) {
    return {code, entry.file, entry.line, entry.text, std::move(mended), entry.path};
}

// For /bin/sh.
std::string quoted(std::string_view path) {
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-";
    if (path.find_first_not_of(plain) == std::string_view::npos && !path.starts_with('-')) {
        return std::string(path);
    }
    std::string text = "'";
    for (const char c : path) {
        text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return text + "'";
}

std::string mendedAccess(const FileEntry& entry, Signing program) {
    const std::string path = quoted(entry.path);
    const std::string_view account = accountOf(program);
    const std::string_view mode = entry.isFolder ? "0750 " : "0640 ";
    if (account.empty()) {
        return "chmod g-w,o= " + path;
    }
    if (entry.access.owner == account) {
        return std::string("chmod ").append(entry.isFolder ? "0700 " : "0600 ").append(path);
    }
    return std::string("chown root:")
        .append(account)
        .append(" ")
        .append(path)
        .append(" && chmod ")
        .append(mode)
        .append(path);
}

// `bit` of the owner, which is moved to the group and to others.
bool may(const FileAccess& access, std::string_view account, unsigned bit) {
    const bool knownNames = access.owner.find_first_not_of("0123456789") != std::string::npos;
    return account.empty() || (!knownNames && access.owner != "0") ||
           (access.owner == account   ? (access.mode & bit << 6) != 0
            : access.group == account ? (access.mode & bit << 3) != 0
                                      : (access.mode & bit) != 0);
}

bool isAbove(const FileEntry& folder, const FileEntry& entry) {
    return folder.isFolder &&
           (folder.path == "/" || (entry.path.size() > folder.path.size() && entry.path.starts_with(folder.path) &&
                                   entry.path[folder.path.size()] == '/'));
}

void lintAccess(const FileEntry& key, Signing program, Findings& findings) {
    const FileAccess& access = key.access;
    if (!isKnown(access)) {
        return;
    }
    if ((access.mode & othersRead) != 0) {
        findings.push_back(at(LintCode::keyReadableByAll, key, mendedAccess(key, program)));
    } else if ((access.mode & (othersWrite | groupWrite)) != 0) {
        findings.push_back(at(LintCode::keyWritableByOthers, key, mendedAccess(key, program)));
    } else if (!may(access, accountOf(program), othersRead)) {
        LintFinding finding = at(LintCode::keyUnreadable, key, mendedAccess(key, program));
        finding.subject = accountOf(program);
        findings.push_back(std::move(finding));
    }
}

void lintLength(const FileEntry& key, Findings& findings) {
    if (key.key && key.key->type == KeyType::rsa && key.key->bits > 0 && key.key->bits < advisedRsaBits) {
        LintFinding finding = at(key.key->bits < shortestRsaBits ? LintCode::keyTooShort : LintCode::keyShort, key);
        finding.subject = std::to_string(key.key->bits);
        findings.push_back(std::move(finding));
    }
}

void lintFolders(const Keys& keys, Findings& findings) {
    constexpr unsigned enter = 0001;
    std::size_t comparisons = 0;
    for (const FileEntry& folder : keys.entries) {
        if (!folder.isFolder || !isKnown(folder.access)) {
            continue;
        }
        const auto below = std::ranges::find_if(
            keys.keys, [&](const FileEntry* key) { return ++comparisons < mostComparisons && isAbove(folder, *key); });
        if (below == keys.keys.end()) {
            continue;
        }
        const unsigned mode = folder.access.mode;
        const Signing program = keys.programs[static_cast<std::size_t>(below - keys.keys.begin())];
        if ((mode & sticky) == 0 && (mode & (othersWrite | groupWrite)) != 0) {
            const LintCode code = (mode & othersWrite) != 0 ? LintCode::keyFolderOpen : LintCode::keyFolderOfGroup;
            findings.push_back(at(code, folder, "chmod go-w " + quoted(folder.path)));
        } else if (!may(folder.access, accountOf(program), enter)) {
            findings.push_back(at(LintCode::keyFolderClosed, folder, mendedAccess(folder, program)));
        }
    }
}

// Only where its folder was listed or read: elsewhere nobody knows what is there.
void lintMissing(const Keys& keys, Findings& findings) {
    std::set<std::string_view> folders;
    for (const FileEntry& entry : keys.entries) {
        std::string_view path = entry.path;
        for (path = entry.isFolder ? path : path.substr(0, path.rfind('/')); folders.insert(path).second;) {
            path = path.substr(0, path.rfind('/'));
        }
    }
    for (std::size_t i = 0; i < keys.places.size(); ++i) {
        const KeyPlace& place = keys.places[i];
        if (keys.used.contains(i)) {
            continue;
        }
        const std::string_view fixed = std::string_view(place.path).substr(0, place.path.find('*'));
        const std::string_view folder = fixed.substr(0, fixed.rfind('/'));
        const bool seen = folders.contains(folder);
        if (seen) {
            findings.push_back(lint::at(LintCode::keyMissing, place.setting, {}, place.path));
        }
    }
}

bool isCalledKey(const FileEntry& entry) {
    return !entry.isFolder && takeover::isCalledPrivate(entry.path) && !takeover::isCalledPublic(entry.path) &&
           (entry.path.find("dkim") != std::string::npos || !entry.path.starts_with('/'));
}

Keys readKeys(const Files& files) {
    Keys keys{keyPlaces(files), allEntries(files), {}, {}, {}};
    std::size_t comparisons = 0;
    for (const FileEntry& entry : keys.entries) {
        Signing program = programOf(entry.path);
        bool named = false;
        for (std::size_t i = 0; !entry.isFolder && i < keys.places.size() && ++comparisons < mostComparisons; ++i) {
            if (stands(keys.places[i].path, entry.path)) {
                keys.used.insert(i);
                program = keys.places[i].program;
                named = true;
            }
        }
        if (named || entry.key || isCalledKey(entry)) {
            keys.keys.push_back(&entry);
            keys.programs.push_back(program);
        }
    }
    return keys;
}

} // namespace

void lintKeyFiles(const Files& files, Findings& findings) {
    const Keys keys = readKeys(files);
    std::size_t comparisons = 0;
    for (std::size_t i = 0; i < keys.keys.size(); ++i) {
        const FileEntry& key = *keys.keys[i];
        lintAccess(key, keys.programs[i], findings);
        lintLength(key, findings);
        const auto names = [&](const KeyPlace& place) {
            return ++comparisons < mostComparisons && stands(place.path, key.path);
        };
        const bool ofDkim = key.path.find("dkim") != std::string::npos || !key.path.starts_with('/');
        if (ofDkim && !keys.places.empty() && comparisons < mostComparisons &&
            std::ranges::none_of(keys.places, names)) {
            findings.push_back(at(LintCode::keyUnused, key));
        }
    }
    lintFolders(keys, findings);
    lintMissing(keys, findings);
}

} // namespace sealwright::lint
