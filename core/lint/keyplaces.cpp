#include "lint/keyplaces.h"

#include "lint/eximrules.h"

#include <algorithm>

namespace sealwright::lint {
namespace {

constexpr std::size_t mostPlaces = 10'000;

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

// "$domain", "${dkim_domain}", "${lc:$h_from:}" become "*".
std::string withStars(std::string_view path) {
    std::string stars;
    for (std::size_t at = 0; at < path.size();) {
        if (path[at] != '$') {
            stars += path[at++];
            continue;
        }
        ++at;
        if (at < path.size() && path[at] == '{') {
            int depth = 0;
            do {
                depth += path[at] == '{' ? 1 : path[at] == '}' ? -1 : 0;
                ++at;
            } while (at < path.size() && depth > 0);
        } else {
            while (at < path.size() && (std::isalnum(static_cast<unsigned char>(path[at])) != 0 || path[at] == '_')) {
                ++at;
            }
        }
        stars += stars.ends_with('*') ? "" : "*";
    }
    return stars;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

void add(std::vector<KeyPlace>& places, Signing program, std::string_view path, const Setting& setting) {
    if (path.starts_with("file=")) {
        path.remove_prefix(5);
    }
    if (path.starts_with('/') && places.size() < mostPlaces) {
        places.push_back({program, withStars(path), setting});
    }
}

// "DOMAIN: SELECTOR : SELECTOR", as the table of our bundles has it: each is a key.
void addBySelectors(const Files& files, const std::string& pattern, std::vector<KeyPlace>& places) {
    for (std::size_t i = 0; i < files.all.size(); ++i) {
        if (files.kinds[i] != FileKind::eximTable || !files.all[i].name.ends_with("/selectors")) {
            continue;
        }
        for (const Setting& row : wordSettings(files.all[i].text, i)) {
            const std::string domain = row.name.substr(0, row.name.find(':'));
            for (const std::string_view selector : wordsOf(row.value, ": \t")) {
                const std::string path =
                    replaced(replaced(replaced(replaced(pattern, "${dkim_domain}", domain), "$dkim_domain", domain),
                                      "${dkim_selector}", selector),
                             "$dkim_selector", selector);
                add(places, Signing::exim, path, row);
            }
        }
    }
}

void addExim(const Files& files, std::vector<KeyPlace>& places) {
    const EximConfiguration exim = readExim(files);
    std::vector<Signer> signers{macroSigner(exim)};
    for (const Driver& each : exim.drivers) {
        signers.push_back(signerOf(each));
    }
    for (const Signer& signer : signers) {
        if (signer.key == nullptr) {
            continue;
        }
        const std::string pattern = keyPathPattern(exim.expanded(signer.key->value));
        const bool byTable = contains(pattern, "dkim_selector") && signer.selector != nullptr &&
                             contains(signer.selector->value, "/selectors");
        const std::size_t before = places.size();
        if (byTable) {
            addBySelectors(files, pattern, places);
        }
        if (places.size() == before) {
            add(places, Signing::exim, pattern, *signer.key);
        }
    }
}

// One name of a path; "*" in it stands for anything.
bool nameMatches(std::string_view pattern, std::string_view name) {
    std::size_t p = 0;
    std::size_t n = 0;
    std::size_t star = std::string_view::npos;
    std::size_t behindStar = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            behindStar = n;
        } else if (p < pattern.size() && pattern[p] == name[n]) {
            ++p;
            ++n;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            n = ++behindStar;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

bool matches(std::string_view pattern, std::string_view path) {
    for (;;) {
        const auto end = pattern.find('/');
        const auto pathEnd = path.find('/');
        if (!nameMatches(pattern.substr(0, end), path.substr(0, pathEnd))) {
            return false;
        }
        if (end == std::string_view::npos || pathEnd == std::string_view::npos) {
            return end == pathEnd;
        }
        pattern.remove_prefix(end + 1);
        path.remove_prefix(pathEnd + 1);
    }
}

} // namespace

std::vector<KeyPlace> keyPlaces(const Files& files) {
    std::vector<KeyPlace> places;
    for (const Setting& row : files.settings(FileKind::keyTable)) {
        if (const std::vector<std::string_view> parts = wordsOf(row.value, ":"); parts.size() == 3) {
            add(places, Signing::opendkim, parts[2], row);
        }
    }
    for (const auto& [kind, program] :
         {std::pair(FileKind::opendkim, Signing::opendkim), {FileKind::dkimpy, Signing::dkimpy}}) {
        const std::vector<Setting>& settings = files.settings(kind);
        for (const std::string_view name : {"KeyFile", "KeyFileEd25519"}) {
            if (const Setting* key = lastOf(settings, name)) {
                add(places, program, key->value, *key);
            }
        }
    }
    for (const Setting& setting : files.settings(FileKind::rspamd)) {
        if (setting.name == "path") {
            add(places, Signing::rspamd, setting.value, setting);
        }
    }
    addExim(files, places);
    return places;
}

Signing programOf(std::string_view path) {
    constexpr std::pair<std::string_view, Signing> folders[] = {{"dkimpy-milter", Signing::dkimpy},
                                                                {"/exim", Signing::exim},
                                                                {"/rspamd", Signing::rspamd},
                                                                {"/opendkim", Signing::opendkim},
                                                                {"/dkimkeys", Signing::opendkim}};
    const auto found = std::ranges::find_if(folders, [path](const auto& each) { return contains(path, each.first); });
    return found == std::end(folders) ? Signing::unknown : found->second;
}

std::string_view accountOf(Signing program) {
    switch (program) {
    case Signing::unknown:
        return {};
    case Signing::exim:
        return "Debian-exim";
    case Signing::opendkim:
        return "opendkim";
    case Signing::rspamd:
        return "_rspamd";
    case Signing::dkimpy:
        return "dkimpy-milter";
    }
    return {};
}

bool stands(std::string_view pattern, std::string_view path) {
    if (path.starts_with('/')) { // or below the folder of a copy
        for (std::size_t slash = 0; slash != std::string_view::npos; slash = path.find('/', slash + 1)) {
            if (matches(pattern, path.substr(slash))) {
                return true;
            }
        }
        return false;
    }
    for (std::size_t slash = pattern.find('/'); slash != std::string_view::npos; slash = pattern.find('/', slash + 1)) {
        if (matches(pattern.substr(slash + 1), path)) {
            return true;
        }
    }
    return false;
}

} // namespace sealwright::lint
