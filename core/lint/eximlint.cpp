#include "base/ascii.h"
#include "lint/rules.h"
#include "mta/eximmacros.h"

#include <algorithm>
#include <set>

namespace sealwright::lint {
namespace {

constexpr std::string_view ofTheMail[] = {"$h_",      "${h_",      "$rh_",      "${rh_",      "$bh_",
                                          "$header_", "${header_", "$rheader_", "${rheader_", "$sender_address"};
constexpr std::string_view gates[] = {"sender_host_address", "authenticated_id", "sender_host_authenticated",
                                      "relay_from_hosts"};

bool containsAny(std::string_view text, std::span<const std::string_view> parts) {
    return std::ranges::any_of(parts,
                               [text](std::string_view part) { return text.find(part) != std::string_view::npos; });
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

// The line of our own bundles, so that both say the same.
std::string ourLine(std::string_view macro) {
    const std::string ours = eximMacros(Stack::exim4Debian);
    const auto begin = ours.find("\n" + std::string(macro) + " = ") + 1;
    return ours.substr(begin, ours.find('\n', begin) - begin);
}

bool isMacro(const Setting& setting) {
    return !setting.name.empty() && setting.name.front() >= 'A' && setting.name.front() <= 'Z';
}

bool isDkim(const Setting& setting) {
    return sameLetters(std::string_view(setting.name).substr(0, 5), "dkim_");
}

std::string_view baseName(std::string_view path) {
    return path.substr(path.rfind('/') + 1);
}

// What is not in braces that close before the path does: `/dir/${dkim_domain}.pem`.
std::string_view pathIn(std::string_view value) {
    const auto begin = value.find('/');
    if (begin == std::string_view::npos) {
        return {};
    }
    int depth = 0;
    std::size_t end = begin;
    for (; end < value.size(); ++end) {
        depth += value[end] == '{' ? 1 : value[end] == '}' ? -1 : 0;
        if (depth < 0 || value[end] == ' ') {
            break;
        }
    }
    return value.substr(begin, end - begin);
}

void lintKeyPath(const Setting& key, const Setting* domain, Findings& findings) {
    const bool byDomain = contains(key.value, "dkim_domain") && domain != nullptr && contains(domain->value, "$") &&
                          !contains(domain->value, "lookup");
    if (contains(key.value, "lookup") || (!byDomain && !containsAny(key.value, ofTheMail))) {
        return;
    }
    const std::string_view path = pathIn(key.value);
    const auto slash = path.rfind('/');
    const bool clean = slash != std::string_view::npos && path.substr(0, slash).find('$') == std::string_view::npos;
    const std::string mended = clean ? assignment(key.name, std::string("${lookup{")
                                                                .append(path.substr(slash + 1))
                                                                .append("}dsearch,ret=full{")
                                                                .append(path.substr(0, slash))
                                                                .append("}{$value}{0}}"))
                                     : ourLine("DKIM_DOMAIN") + "\n" + ourLine("DKIM_PRIVATE_KEY");
    findings.push_back(at(LintCode::eximTaintedKeyPath, key, mended));
}

void lintDomain(const Setting& domain, Findings& findings) {
    if (!containsAny(domain.value, ofTheMail)) {
        return;
    }
    const std::string raw =
        replaced(replaced(domain.value, "$h_from:", "$rh_from:"), "$header_from:", "$rheader_from:");
    if (raw != domain.value) {
        findings.push_back(at(LintCode::eximDecodedFrom, domain, assignment(domain.name, raw)));
    }
    if (!containsAny(domain.value, gates)) {
        const std::string gated = "${if or{{!def:sender_host_address}{def:sender_host_authenticated}"
                                  "{acl{{accept hosts = +relay_from_hosts}}}}{" +
                                  raw + "}}";
        findings.push_back(at(LintCode::eximSignsStrangers, domain, assignment(domain.name, gated)));
    }
}

void lintHeaderList(const Setting& list, Findings& findings) {
    const std::vector<std::string_view> fields = wordsOf(list.value, ": \t");
    const bool theDefault =
        contains(list.value, "_DKIM_SIGN_HEADERS") || contains(list.value, "_DKIM_OVERSIGN_HEADERS");
    if (theDefault || std::ranges::any_of(fields, [](std::string_view field) {
            return isAddedByLists(field.substr(field.starts_with('+') ? 1 : 0)); // "=": signed only where it is
        })) {
        findings.push_back(at(LintCode::eximListHeaders, list, ourLine("DKIM_SIGN_HEADERS")));
    } else if (std::ranges::none_of(fields, [](std::string_view field) { return sameLetters(field, "+From"); })) {
        findings.push_back(at(LintCode::eximFromOnce, list, ourLine("DKIM_SIGN_HEADERS")));
    }
}

bool isBalanced(std::string_view value) {
    int depth = 0;
    for (std::size_t i = 0; i < value.size() && depth >= 0; ++i) {
        if (value[i] == '\\') {
            ++i;
            continue;
        }
        depth += value[i] == '{' ? 1 : value[i] == '}' ? -1 : 0;
    }
    return depth == 0;
}

// Of one file: what is only a macro where it stands.
void lintMacros(const ServerFile& file, const std::vector<Setting>& settings, std::size_t index, Findings& findings) {
    const bool whole = std::ranges::any_of(settings, [](const Setting& each) { return each.name == "driver"; });
    const bool conditional = contains(file.text, ".if");
    std::set<std::string_view> defined;
    for (const Setting& each : settings) {
        if (each.file != index) {
            continue;
        }
        if (isDkim(each) && !isBalanced(each.value)) {
            findings.push_back(at(LintCode::eximBracesUnbalanced, each));
        }
        if (isDkim(each) && !isMacro(each) && !whole && each.text.front() != ' ' && each.text.front() != '\t') {
            std::string capitals = each.name;
            std::ranges::transform(capitals, capitals.begin(),
                                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
            findings.push_back(at(LintCode::eximLowerCaseMacro, each, assignment(capitals, each.value), capitals));
        }
        if (!isMacro(each)) {
            continue;
        }
        const bool redefines = contains(each.text, "==");
        if (!defined.insert(each.name).second && !redefines && !conditional) {
            findings.push_back(at(LintCode::eximDefinedTwice, each, each.name + " == " + each.value, each.name));
        }
    }
}

std::string unquoted(std::string value) {
    std::erase_if(value, [](char c) { return c == '\'' || c == '"'; });
    return value;
}

// Debian reads one of two places, or neither (update-exim4.conf(8)).
void lintPlaces(const Files& files, Findings& findings) {
    const std::vector<Setting> debian = files.settings(FileKind::eximDebian);
    const Setting* split = lastOf(debian, "dc_use_split_config");
    const auto place = [&](std::string_view part) {
        return std::ranges::find_if(files.all, [part](const ServerFile& file) { return contains(file.name, part); });
    };
    const auto flag = [&](auto file, std::string_view read) {
        findings.push_back({LintCode::eximOtherConfigRead,
                            static_cast<std::size_t>(file - files.all.begin()),
                            0,
                            {},
                            {},
                            std::string(read)});
    };
    const auto macros = place("exim4.conf.localmacros");
    const auto folder = place("conf.d/main/");
    const auto whole =
        std::ranges::find_if(files.all, [](const ServerFile& file) { return baseName(file.name) == "exim4.conf"; });
    const auto end = files.all.end();
    if (whole != end && (macros != end || folder != end)) {
        flag(macros != end ? macros : folder, "/etc/exim4/exim4.conf");
    } else if (split != nullptr && unquoted(split->value) == "true" && macros != end && folder == end) {
        flag(macros, "/etc/exim4/conf.d/main/");
    } else if (split != nullptr && unquoted(split->value) == "false" && folder != end && macros == end) {
        flag(folder, "/etc/exim4/exim4.conf.localmacros");
    }
    const Setting* type = lastOf(debian, "dc_eximconfig_configtype");
    const bool bySmarthost =
        type != nullptr && (unquoted(type->value) == "smarthost" || unquoted(type->value) == "satellite");
    const bool signsThere = std::ranges::any_of(files.all, [](const ServerFile& file) {
        return contains(file.text, "remote_smtp_smarthost:") && contains(file.text, "dkim_domain");
    });
    if (bySmarthost && !signsThere) {
        findings.push_back(at(LintCode::eximSmarthost, *type));
    }
}

} // namespace

void lintExim(const Files& files, Findings& findings) {
    lintPlaces(files, findings);
    std::vector<Setting> settings = files.settings(FileKind::exim);
    for (std::size_t i = 0; i < files.all.size(); ++i) {
        if (files.kinds[i] != FileKind::exim) {
            continue;
        }
        const std::string_view name = baseName(files.all[i].name);
        if (contains(files.all[i].name, "conf.d/") && contains(name, ".")) {
            findings.push_back({LintCode::eximFileIgnored, i, 0, {}, std::string(name.substr(0, name.find('.'))), {}});
        }
        lintMacros(files.all[i], settings, i, findings);
    }
    // Debian's own files pass the macros on: `dkim_domain = DKIM_DOMAIN`.
    std::erase_if(settings, [](const Setting& each) { return !isDkim(each) || sameLetters(each.name, each.value); });
    const Setting* domain = lastOf(settings, "DKIM_DOMAIN");
    const Setting* headers = lastOf(settings, "DKIM_SIGN_HEADERS");
    if (const Setting* key = lastOf(settings, "DKIM_PRIVATE_KEY")) {
        lintKeyPath(*key, domain, findings);
    }
    if (headers != nullptr) {
        lintHeaderList(*headers, findings);
    }
    if (const Setting* strict = lastOf(settings, "DKIM_STRICT"); strict != nullptr && isYes(strict->value)) {
        findings.push_back(at(LintCode::eximStrict, *strict, assignment(strict->name, "false")));
    }
    if (domain == nullptr) {
        return;
    }
    lintDomain(*domain, findings);
    if (headers == nullptr) {
        findings.push_back({LintCode::eximListHeaders, domain->file, 0, {}, ourLine("DKIM_SIGN_HEADERS"), {}});
    }
    for (const std::string_view needed : {"DKIM_SELECTOR", "DKIM_PRIVATE_KEY"}) {
        if (lastOf(settings, needed) == nullptr) {
            findings.push_back({LintCode::eximIncomplete, domain->file, 0, {}, ourLine(needed), std::string(needed)});
        }
    }
}

} // namespace sealwright::lint
