#include "lint/rules.h"

#include <algorithm>

namespace sealwright::lint {
namespace {

struct Wanted {
    std::string_view name;
    bool value;
    bool byDefault; ///< rspamd 3.4, what counts where the file does not say.
    LintCode code;
};

constexpr Wanted wanted[] = {
    {"use_esld", false, true, LintCode::rspamdParentDomain},
    {"allow_hdrfrom_mismatch", true, false, LintCode::rspamdOtherMailFrom},
    {"allow_username_mismatch", true, false, LintCode::rspamdOtherUser},
    {"try_fallback", false, true, LintCode::rspamdFallback},
    {"sign_local", true, true, LintCode::rspamdLocalUnsigned},
    {"sign_authenticated", true, true, LintCode::rspamdAuthenticatedUnsigned},
};

std::string line(std::string_view name, std::string_view value) {
    return std::string(name).append(" = ").append(value).append(";");
}

// "DOMAIN.SELECTOR.key" or "SELECTOR.pem"; empty where the name says nothing.
std::string selectorOf(std::string_view path) {
    const std::string_view name = path.substr(path.rfind('/') + 1);
    const std::string_view stem = name.substr(0, name.rfind('.'));
    const std::string_view selector = stem.substr(stem.rfind('.') + 1);
    return selector.find('$') == std::string_view::npos ? std::string(selector) : std::string();
}

std::string withSelector(const Setting& path) {
    const std::string selector = selectorOf(path.value);
    const auto begin = path.text.find(path.value);
    if (selector.empty() || begin == std::string::npos || path.text.size() == longestShown) {
        return {};
    }
    const auto end = std::min(path.text.find_first_of(";}\r", begin), path.text.size());
    const bool closed = end < path.text.size() && path.text[end] == ';';
    return path.text.substr(0, end) + "; " + line("selector", "\"" + selector + "\"") +
           path.text.substr(closed ? end + 1 : end);
}

void lintSelectors(const std::vector<Setting>& settings, Findings& findings) {
    const auto isSelector = [&](std::size_t i) {
        return i < settings.size() && (settings[i].name == "selector" || settings[i].name == "selector_map");
    };
    const auto count = [&settings](std::string_view name) {
        return std::ranges::count(settings, name, &Setting::name);
    };
    if (count("selector") >= count("path")) {
        return;
    }
    for (std::size_t i = 0; i < settings.size(); ++i) {
        const bool byName = settings[i].value.find("$selector") != std::string::npos; // the default has one
        if (settings[i].name == "path" && !byName && !isSelector(i + 1) && (i == 0 || !isSelector(i - 1))) {
            findings.push_back(
                at(LintCode::rspamdKeyWithoutSelector, settings[i], withSelector(settings[i]), settings[i].value));
        }
    }
}

void lintSwitches(const std::vector<Setting>& settings, Findings& findings) {
    const Setting* enabled = lastOf(settings, "enabled");
    if (enabled != nullptr && isNo(enabled->value)) {
        findings.push_back(at(LintCode::rspamdSwitchedOff, *enabled, line("enabled", "true")));
    }
    const Setting* published = lastOf(settings, "check_pubkey");
    const Setting* mismatch = lastOf(settings, "allow_pubkey_mismatch");
    if (published != nullptr && isYes(published->value) && (mismatch == nullptr || !isYes(mismatch->value))) {
        findings.push_back(at(LintCode::rspamdChecksPublished, *published, line("check_pubkey", "false")));
    }
}

} // namespace

void lintRspamd(const Files& files, Findings& findings) {
    for (const Setting& row : files.settings(FileKind::signNetworks)) {
        if (takesInStrangers(row.name)) {
            findings.push_back(at(LintCode::rspamdSignsStrangers, row, "127.0.0.0/8", row.name));
        }
    }
    const auto file = files.first(FileKind::rspamd);
    if (!file) {
        return;
    }
    const std::vector<Setting>& settings = files.settings(FileKind::rspamd);
    const Setting* networks = lastOf(settings, "sign_networks");
    for (const Wanted& each : wanted) {
        // With the networks named, this server's own addresses can be among them.
        if (each.code == LintCode::rspamdLocalUnsigned && networks != nullptr) {
            continue;
        }
        const Setting* setting = lastOf(settings, each.name);
        const std::string mended = line(each.name, each.value ? "true" : "false");
        if (setting == nullptr && each.byDefault != each.value) {
            findings.push_back({each.code, *file, 0, {}, mended, {}});
        } else if (setting != nullptr && isYes(setting->value) != each.value) {
            findings.push_back(at(each.code, *setting, mended));
        }
    }
    const Setting* domain = lastOf(settings, "use_domain");
    if (domain != nullptr && domain->value != "header") {
        findings.push_back(at(LintCode::rspamdDomainOfMailFrom, *domain, line("use_domain", "\"header\"")));
    }
    for (const std::string_view network : wordsOf(networks == nullptr ? std::string_view() : networks->value)) {
        if (takesInStrangers(network)) {
            findings.push_back(at(LintCode::rspamdSignsStrangers, *networks,
                                  line("sign_networks", "[\"127.0.0.0/8\", \"::1\"]"), std::string(network)));
            break;
        }
    }
    lintSelectors(settings, findings);
    lintSwitches(settings, findings);
}

} // namespace sealwright::lint
