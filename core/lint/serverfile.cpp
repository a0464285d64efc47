#include "lint/serverfile.h"

#include "base/ascii.h"
#include "lint/listing.h"

#include <algorithm>

namespace sealwright::lint {
namespace {

constexpr std::string_view blanks = " \t\r\n";

std::string shownPart(std::string_view line) {
    return std::string(line.substr(0, longestShown));
}

bool isNameCharacter(char c) {
    return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

struct Line {
    std::size_t number;
    std::string_view text;
};

std::vector<Line> linesOf(std::string_view text) {
    std::vector<Line> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        lines.push_back({lines.size() + 1, text.substr(begin, end - begin)});
        begin = end + 1;
    }
    return lines;
}

bool isSilent(std::string_view line) { // empty, or a comment
    const std::string_view words = trimmed(line);
    return words.empty() || words.front() == '#';
}

// `name = value`, also exim's `==`; nothing where the line says something else.
bool split(std::string_view text, Setting& setting) {
    const std::string_view words = trimmed(text);
    const auto end = static_cast<std::size_t>(std::ranges::find_if_not(words, isNameCharacter) - words.begin());
    std::string_view rest = trimmed(words.substr(end));
    if (end == 0 || !rest.starts_with('=')) {
        return false;
    }
    rest.remove_prefix(rest.starts_with("==") ? 2 : 1);
    setting.name = words.substr(0, end);
    setting.value = trimmed(rest);
    return true;
}

using GoesOn = bool (*)(std::string_view line, std::string_view next);

std::vector<Setting> assignments(std::string_view text, std::size_t file, GoesOn goesOn) {
    std::vector<Setting> settings;
    const std::vector<Line> lines = linesOf(text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (isSilent(lines[i].text)) {
            continue;
        }
        const Line& first = lines[i];
        std::string whole(trimmed(first.text));
        while (i + 1 < lines.size() && goesOn(lines[i].text, lines[i + 1].text)) {
            ++i;
            if (whole.ends_with('\\')) {
                whole.pop_back();
            }
            whole.append(" ").append(trimmed(lines[i].text));
        }
        Setting setting{file, first.number, {}, {}, shownPart({first.text.begin(), lines[i].text.end()})};
        if (split(whole, setting)) {
            settings.push_back(std::move(setting));
        }
    }
    return settings;
}

bool hasLine(std::string_view text, std::initializer_list<std::string_view> names) {
    const std::vector<Line> lines = linesOf(text);
    return std::ranges::any_of(lines, [&names](const Line& line) {
        const std::string_view words = trimmed(line.text);
        return std::ranges::any_of(names, [words](std::string_view name) {
            return words.starts_with(name) && (words.size() == name.size() || !isNameCharacter(words[name.size()]));
        });
    });
}

// Whether every row of a table is like this.
bool allRows(std::string_view text, bool (*fits)(const Setting& row)) {
    const std::vector<Setting> rows = wordSettings(text, 0);
    return !rows.empty() && std::ranges::all_of(rows, fits);
}

FileKind kindOfText(std::string_view text) {
    if (isListing(text)) {
        return FileKind::listing;
    }
    if (hasLine(text, {"dc_eximconfig_configtype", "dc_use_split_config"})) {
        return FileKind::eximDebian;
    }
    if (hasLine(text, {"smtpd_milters", "non_smtpd_milters", "myhostname", "mydestination", "milter_default_action",
                       "smtpd_banner"})) {
        return FileKind::postfix;
    }
    if (hasLine(text,
                {"DKIM_DOMAIN", "DKIM_SELECTOR", "DKIM_PRIVATE_KEY", "DKIM_CANON", "DKIM_SIGN_HEADERS", "DKIM_STRICT",
                 "dkim_domain", "dkim_selector", "dkim_private_key", "begin transports", ".ifdef"}) ||
        text.find(" transport:\n") != std::string_view::npos) {
        return FileKind::exim;
    }
    if (hasLine(text, {"sign_authenticated", "sign_local", "use_esld", "allow_hdrfrom_mismatch", "selectors",
                       "use_domain", "allow_username_mismatch", "try_fallback"})) {
        return FileKind::rspamd;
    }
    if (hasLine(text, {"KeyTableEd25519", "KeyFileEd25519", "SelectorEd25519", "MacroListVerify"})) {
        return FileKind::dkimpy;
    }
    if (hasLine(text,
                {"KeyTable", "SigningTable", "Socket", "Canonicalization", "KeyFile", "UMask", "InternalHosts"})) {
        return FileKind::opendkim;
    }
    if (allRows(text, [](const Setting& row) { return std::ranges::count(row.value, ':') >= 2; })) {
        return FileKind::keyTable;
    }
    if (allRows(text, [](const Setting& row) { return row.value.find("_domainkey") != std::string::npos; })) {
        return FileKind::signingTable;
    }
    return FileKind::unknown;
}

} // namespace

FileKind kindOf(const ServerFile& file) {
    if (file.isFolder) {
        return FileKind::folder;
    }
    if (file.key || holdsPrivateKey(file.text)) {
        return FileKind::privateKey;
    }
    const FileKind kind = kindOfName(file.name);
    return kind == FileKind::unknown ? kindOfText(file.text) : kind;
}

bool holdsPrivateKey(std::string_view text) {
    return text.find("-----BEGIN ") != std::string_view::npos &&
           text.find("PRIVATE KEY-----") != std::string_view::npos;
}

FileKind kindOfName(std::string_view path) {
    const std::string name = lowered(path.substr(path.rfind('/') + 1));
    constexpr std::pair<std::string_view, FileKind> names[] = {
        {"update-exim4.conf.conf", FileKind::eximDebian},
        {"main.cf", FileKind::postfix},
        {"opendkim.conf", FileKind::opendkim},
        {"keytable", FileKind::keyTable},
        {"key.table", FileKind::keyTable},
        {"signingtable", FileKind::signingTable},
        {"signing.table", FileKind::signingTable},
        {"trustedhosts", FileKind::trustedHosts},
        {"trusted.hosts", FileKind::trustedHosts},
        {"dkim_signing.conf", FileKind::rspamd},
        {"sign_networks.map", FileKind::signNetworks},
        {"exim4.conf.localmacros", FileKind::exim},
        {"exim4.conf.template", FileKind::exim},
        {"exim4.conf", FileKind::exim},
        {"exim.conf", FileKind::exim},
        {"config.autogenerated", FileKind::exim},
        {"dkimpy-milter.conf", FileKind::dkimpy},
        {"opendmarc.conf", FileKind::incoming},
        {"milter_headers.conf", FileKind::incoming},
        {"actions.conf", FileKind::incoming},
        {"sealwright_data_acl", FileKind::incoming},
    };
    for (const auto& [known, kind] : names) {
        if (name == known && path.find("rspamd/modules.d/") == std::string_view::npos) {
            return kind;
        }
    }
    if (path.find("exim4/dkim/") != std::string_view::npos || path.find("exim-dkim/") != std::string_view::npos) {
        return FileKind::eximTable;
    }
    if (path.find("rspamd/modules.d/") != std::string_view::npos) {
        return FileKind::shipped;
    }
    return path.find("exim4/conf.d/") != std::string_view::npos ? FileKind::exim : FileKind::unknown;
}

std::vector<Setting> eximSettings(std::string_view text, std::size_t file) {
    return assignments(text, file,
                       [](std::string_view line, std::string_view /*next*/) { return trimmed(line).ends_with('\\'); });
}

std::vector<Setting> postfixSettings(std::string_view text, std::size_t file) {
    return assignments(text, file, [](std::string_view /*line*/, std::string_view next) {
        return !next.empty() && (next.front() == ' ' || next.front() == '\t') && !isSilent(next);
    });
}

std::vector<Setting> wordSettings(std::string_view text, std::size_t file) {
    std::vector<Setting> settings;
    for (const Line& line : linesOf(text)) {
        if (!isSilent(line.text)) {
            const std::string_view words = trimmed(line.text);
            const auto end = std::min(words.find_first_of(blanks), words.size());
            settings.push_back({file, line.number, std::string(words.substr(0, end)),
                                std::string(trimmed(words.substr(end))), shownPart(line.text)});
        }
    }
    return settings;
}

// What stands in the brackets that open at `at`; empty where they hold groups, or go on over lines.
static std::string_view listIn(std::string_view line, std::size_t at) {
    const auto end = at < line.size() && line[at] == '[' ? line.find_first_of("]{", at) : std::string_view::npos;
    return end == std::string_view::npos || line[end] == '{' ? std::string_view() : line.substr(at + 1, end - at - 1);
}

std::vector<Setting> rspamdSettings(std::string_view text, std::size_t file) {
    std::vector<Setting> settings;
    for (const Line& line : linesOf(text)) {
        std::string_view rest = isSilent(line.text) ? std::string_view() : line.text;
        while (!rest.empty()) {
            const auto end = std::min(rest.find_first_of(";{}[]"), rest.size());
            Setting setting{file, line.number, {}, {}, shownPart(line.text)};
            const std::string_view part = trimmed(rest.substr(0, end));
            if (const std::string_view list = listIn(rest, end); !list.empty() && split(part, setting)) {
                setting.value = list; // `name = ["a", "b"];`
                std::erase(setting.value, '"');
                settings.push_back(std::move(setting));
                rest.remove_prefix(end + list.size() + 1);
                continue;
            }
            if (split(part, setting)) {
                const auto comment = setting.value.find('#');
                setting.value = trimmed(std::string_view(setting.value).substr(0, comment));
                std::erase(setting.value, '"');
                settings.push_back(std::move(setting));
            } else if (!part.empty() && part.front() != '#' && end < rest.size() && rest[end] == '{') {
                setting.name = part;
                std::erase(setting.name, '"');
                settings.push_back(std::move(setting));
            }
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    return settings;
}

} // namespace sealwright::lint
