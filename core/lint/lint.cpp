#include "lint/lint.h"

#include "base/ascii.h"
#include "lint/rules.h"
#include "names/ipaddress.h"

#include <algorithm>

namespace sealwright::lint {
namespace {

constexpr unsigned widestV4 = 8; // 10.0.0.0/8 is the widest network that anybody's own hosts are in.
constexpr unsigned widestV6 = 7; // fc00::/7

} // namespace

Files::Files(std::span<const ServerFile> given) : all(given) {
    for (const ServerFile& file : given) {
        kinds.push_back(file.leftOut ? FileKind::shipped : kindOf(file));
    }
}

const std::vector<Setting>& Files::settings(FileKind kind) const {
    const auto found = settings_.find(kind);
    return found != settings_.end() ? found->second : settings_.emplace(kind, read(kind)).first->second;
}

std::vector<Setting> Files::read(FileKind kind) const {
    std::vector<Setting> settings;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (kinds[i] != kind) {
            continue;
        }
        switch (kind) {
        case FileKind::exim:
        case FileKind::eximDebian:
            std::ranges::move(eximSettings(all[i].text, i), std::back_inserter(settings));
            break;
        case FileKind::postfix:
            std::ranges::move(postfixSettings(all[i].text, i), std::back_inserter(settings));
            break;
        case FileKind::rspamd:
            std::ranges::move(rspamdSettings(all[i].text, i), std::back_inserter(settings));
            break;
        case FileKind::opendkim:
        case FileKind::dkimpy:
        case FileKind::keyTable:
        case FileKind::signingTable:
        case FileKind::trustedHosts:
        case FileKind::signNetworks:
            std::ranges::move(wordSettings(all[i].text, i), std::back_inserter(settings));
            break;
        case FileKind::eximTable:
        case FileKind::incoming:
        case FileKind::listing:
        case FileKind::privateKey:
        case FileKind::folder:
        case FileKind::shipped:
        case FileKind::unknown:
            break;
        }
    }
    return settings;
}

std::optional<std::size_t> Files::first(FileKind kind) const {
    const auto found = std::ranges::find(kinds, kind);
    return found == kinds.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - kinds.begin()));
}

std::string assignment(std::string_view name, std::string_view value) {
    return std::string(name).append(" = ").append(value);
}

bool isAddedByLists(std::string_view field) {
    const std::string name = lowered(field);
    return name.starts_with("list-") || name.starts_with("resent-") || name == "sender";
}

const Setting* lastOf(const std::vector<Setting>& settings, std::string_view name) {
    const auto found = std::find_if(settings.rbegin(), settings.rend(),
                                    [name](const Setting& each) { return sameLetters(each.name, name); });
    return found == settings.rend() ? nullptr : &*found;
}

bool isYes(std::string_view value) {
    return sameLetters(value, "yes") || sameLetters(value, "true") || value == "1" || sameLetters(value, "on");
}

bool isNo(std::string_view value) {
    return sameLetters(value, "no") || sameLetters(value, "false") || value == "0" || sameLetters(value, "off");
}

bool takesInStrangers(std::string_view network) {
    const auto parsed = IpNetwork::parse(network);
    return parsed && parsed->prefixLength < (parsed->address.isV4() ? widestV4 : widestV6);
}

std::vector<std::string_view> wordsOf(std::string_view list, std::string_view separators) {
    std::vector<std::string_view> words;
    for (std::size_t at = list.find_first_not_of(separators); at != std::string_view::npos;) {
        const std::size_t end = std::min(list.find_first_of(separators, at), list.size());
        words.push_back(list.substr(at, end - at));
        at = list.find_first_not_of(separators, end);
    }
    return words;
}

static LintCode codeOf(LeftOut why) {
    switch (why) {
    case LeftOut::link:
        return LintCode::linkNotFollowed;
    case LeftOut::notAFile:
        return LintCode::notAFile;
    case LeftOut::unreadable:
        return LintCode::fileUnreadable;
    case LeftOut::tooLong:
        return LintCode::fileTooLong;
    case LeftOut::tooDeep:
        return LintCode::folderTooDeep;
    case LeftOut::tooMany:
        return LintCode::tooManyFiles;
    }
    return LintCode::unknownFile;
}

static void lintKinds(const Files& files, Findings& findings) {
    const auto isRead = [](const ServerFile& file) { return !file.isFolder && !file.leftOut; };
    if (!files.all.empty() && std::ranges::none_of(files.all, isRead)) {
        findings.push_back({LintCode::nothingAboutSigning, 0, 0, {}, {}, {}});
    }
    bool copied = false;
    for (std::size_t i = 0; i < files.all.size(); ++i) {
        const ServerFile& file = files.all[i];
        if (file.leftOut) {
            findings.push_back({codeOf(*file.leftOut), i, 0, {}, {}, {}});
        } else if (files.kinds[i] == FileKind::unknown) {
            findings.push_back({LintCode::unknownFile, i, 0, {}, {}, {}});
        }
        if (file.isCopy && file.key && !copied) {
            copied = true;
            findings.push_back({LintCode::accessNotJudged, i, 0, {}, {}, {}});
        }
    }
}

std::vector<LintFinding> lint(std::span<const ServerFile> files) {
    const Files read(files);
    Findings findings;
    lintKinds(read, findings);
    lintExim(read, findings);
    lintPostfix(read, findings);
    lintOpendkim(read, findings);
    lintDkimpy(read, findings);
    lintRspamd(read, findings);
    lintKeyFiles(read, findings);
    std::ranges::stable_sort(findings, {}, [](const LintFinding& each) { return std::pair(each.file, each.line); });
    return findings;
}

} // namespace sealwright::lint
