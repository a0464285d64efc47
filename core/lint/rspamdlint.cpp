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

} // namespace

void lintRspamd(const Files& files, Findings& findings) {
    for (const Setting& row : files.settings(FileKind::signNetworks)) {
        if (takesInStrangers(row.name)) {
            findings.push_back(at(LintCode::rspamdSignsStrangers, row, {}, row.name));
        }
    }
    const auto file = files.first(FileKind::rspamd);
    if (!file) {
        return;
    }
    const std::vector<Setting> settings = files.settings(FileKind::rspamd);
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
            findings.push_back(at(LintCode::rspamdSignsStrangers, *networks, {}, std::string(network)));
            break;
        }
    }
    for (std::size_t i = 0; i < settings.size(); ++i) {
        const auto isSelector = [&](std::size_t other) {
            return other < settings.size() &&
                   (settings[other].name == "selector" || settings[other].name == "selector_map");
        };
        if (settings[i].name == "path" && !isSelector(i + 1) && (i == 0 || !isSelector(i - 1))) {
            findings.push_back(at(LintCode::rspamdKeyWithoutSelector, settings[i], {}, settings[i].value));
        }
    }
}

} // namespace sealwright::lint
