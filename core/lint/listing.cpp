#include "lint/listing.h"

#include "lint/rules.h"

#include <algorithm>

namespace sealwright::lint {
namespace {

constexpr std::size_t mostEntries = 10'000;
constexpr std::size_t permissionsLength = 10; // "-rw-r-----"

// 'd', 's' and 't' stand for more than one bit (ls(1)); what is none of these is no mode.
std::optional<unsigned> modeOf(std::string_view word) {
    constexpr std::string_view kinds = "-dlbcps";
    if (word.size() < permissionsLength || word.size() > permissionsLength + 1 ||
        kinds.find(word[0]) == std::string_view::npos) {
        return std::nullopt;
    }
    unsigned mode = 0;
    for (std::size_t i = 1; i < permissionsLength; ++i) {
        const char c = word[i];
        const char letter = "xrw"[i % 3];
        const bool special = letter == 'x' && (c == 's' || c == 't' || c == 'S' || c == 'T');
        if (c != '-' && c != letter && !special) {
            return std::nullopt;
        }
        const bool set = c == letter || c == 's' || c == 't';
        mode = mode << 1 | (set ? 1U : 0U);
        if (special && i == 9) {
            mode |= 01000;
        }
    }
    return mode;
}

std::string joined(std::string_view folder, std::string_view name) {
    if (name.starts_with('/') || folder.empty()) {
        return std::string(name);
    }
    if (name == ".") {
        return std::string(folder);
    }
    if (name == "..") {
        const auto slash = folder.rfind('/');
        return std::string(slash == 0 ? "/" : slash == std::string_view::npos ? "" : folder.substr(0, slash));
    }
    return std::string(folder).append(folder.ends_with('/') ? "" : "/").append(name);
}

// Behind the size: "Nov 28 10:22", "Nov 28  2025", "2025-11-28 10:22", or with seconds and zone.
std::size_t wordsOfDate(const std::vector<std::string_view>& words, std::size_t at) {
    if (at >= words.size() || words[at].find('-') == std::string_view::npos) {
        return 3;
    }
    const bool zone = at + 2 < words.size() && (words[at + 2].starts_with('+') || words[at + 2].starts_with('-')) &&
                      words[at + 2].size() == 5;
    return zone ? 3 : 2;
}

class Reader {
public:
    explicit Reader(std::size_t file) : file_(file) {}

    void read(std::string_view line, std::size_t number) {
        const std::vector<std::string_view> words = wordsOf(line, " \t\r");
        if (words.empty()) {
            return;
        }
        if (line.front() != ' ' && words.size() == 1 && words[0].ends_with(':')) {
            folder_ = words[0].substr(0, words[0].size() - 1); // of ls -R
        } else if (words[0] == "File:" && words.size() == 2) {
            stat_ = words[1];
        } else if (words[0] == "Access:" && words.size() > 1 && words[1].starts_with('(')) {
            takeStat(words, line, number);
        } else if (const auto mode = modeOf(words[0]); mode && words.size() >= 4) {
            takeLong(words, line, number, *mode);
        } else if (line.find("ls -") != std::string_view::npos && words.back().starts_with('/')) {
            folder_ = words.back(); // the command itself, pasted with it
        }
    }

    [[nodiscard]] std::vector<FileEntry> take() { return std::move(entries_); }

private:
    void add(std::string path, char kind, unsigned mode, std::string_view owner, std::string_view group,
             std::string_view line, std::size_t number) {
        if (kind == 'l' || entries_.size() == mostEntries) { // a link has no mode of its own
            return;
        }
        entries_.push_back({file_,
                            number,
                            std::string(line.substr(0, longestShown)),
                            std::move(path),
                            kind == 'd',
                            {mode, std::string(owner), std::string(group)},
                            std::nullopt});
    }

    // "-rw------- 1 root root 1704 Nov 28 10:22 NAME"; "-rw------- root root /PATH" is stat -c '%A %U %G %n'.
    void takeLong(const std::vector<std::string_view>& words, std::string_view line, std::size_t number,
                  unsigned mode) {
        if (words[3].starts_with('/')) {
            add(std::string(words[3]), words[0][0], mode, words[1], words[2], line, number);
            return;
        }
        const std::size_t name = words.size() > 5 ? 5 + wordsOfDate(words, 5) : words.size();
        if (name < words.size()) {
            const std::string_view rest = line.substr(static_cast<std::size_t>(words[name].data() - line.data()));
            add(joined(folder_, rest.substr(0, rest.find_last_not_of(" \t\r") + 1)), words[0][0], mode, words[2],
                words[3], line, number);
        }
    }

    // "Access: (0600/-rw-------)  Uid: (    0/    root)   Gid: (    0/    root)"
    void takeStat(const std::vector<std::string_view>& words, std::string_view line, std::size_t number) {
        const auto slash = words[1].find('/');
        const auto mode =
            slash == std::string_view::npos ? std::nullopt : modeOf(words[1].substr(slash + 1, permissionsLength));
        std::vector<std::string_view> names;
        for (const std::string_view word : words) {
            if (word.ends_with(')') && word.data() != words[1].data()) {
                const auto cut = word.rfind('/');
                names.push_back(word.substr(cut == std::string_view::npos ? 0 : cut + 1,
                                            word.size() - 1 - (cut == std::string_view::npos ? 0 : cut + 1)));
            }
        }
        if (mode && !stat_.empty() && names.size() == 2) {
            add(std::string(stat_), words[1][slash + 1], *mode, names[0], names[1], line, number);
        }
        stat_ = {};
    }

    std::size_t file_;
    std::string_view folder_;
    std::string_view stat_;
    std::vector<FileEntry> entries_;
};

} // namespace

bool isListing(std::string_view text) {
    return !entriesOf(text.substr(0, 65'536), 0).empty();
}

std::vector<FileEntry> entriesOf(std::string_view listing, std::size_t file) {
    Reader reader(file);
    std::size_t number = 0;
    for (std::size_t begin = 0; begin < listing.size();) {
        const std::size_t end = std::min(listing.find('\n', begin), listing.size());
        reader.read(listing.substr(begin, end - begin), ++number);
        begin = end + 1;
    }
    return reader.take();
}

} // namespace sealwright::lint
