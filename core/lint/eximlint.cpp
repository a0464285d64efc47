#include "base/ascii.h"
#include "lint/eximrules.h"
#include "mta/filltemplate.h"

#include <algorithm>
#include <set>

namespace sealwright::lint {
namespace {

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

bool isMacro(const Setting& setting) {
    return !setting.name.empty() && setting.name.front() >= 'A' && setting.name.front() <= 'Z';
}

std::string_view baseName(std::string_view path) {
    return path.substr(path.rfind('/') + 1);
}

// How many braces are open at the end; less than none: one was closed that never was opened.
int openBraces(std::string_view value) {
    int depth = 0;
    for (std::size_t i = 0; i < value.size() && depth >= 0; ++i) {
        if (value[i] == '\\') {
            ++i;
            continue;
        }
        depth += value[i] == '{' ? 1 : value[i] == '}' ? -1 : 0;
    }
    return depth;
}

// People forget them at the end, or have one too many there; elsewhere nobody can tell.
std::string balanced(const Setting& setting) {
    std::string value = setting.value;
    const int open = openBraces(value);
    if (open > 0) {
        value.append(static_cast<std::size_t>(open), '}');
    } else if (value.ends_with('}')) {
        value.pop_back();
    }
    return openBraces(value) == 0 && setting.text.size() < longestShown ? mendedLine(setting, value) : std::string();
}

// Of one file: what is only a macro where it stands.
void lintMacros(const ServerFile& file, const std::vector<Setting>& settings, std::size_t index, Findings& findings) {
    const bool whole = std::ranges::any_of(
        settings, [index](const Setting& each) { return each.file == index && each.name == "driver"; });
    const bool conditional = contains(file.text, ".if");
    std::set<std::string_view> defined;
    for (const Setting& each : settings) {
        if (each.file != index) {
            continue;
        }
        if (isAboutDkim(each) && openBraces(each.value) != 0) {
            findings.push_back(at(LintCode::eximBracesUnbalanced, each, balanced(each)));
        }
        if (isAboutDkim(each) && !isMacro(each) && !whole && each.text.front() != ' ' && each.text.front() != '\t') {
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

// Debian reads one of two places, or neither (update-exim4.conf(8)).
void lintPlaces(const Files& files, Findings& findings) {
    const std::vector<Setting>& debian = files.settings(FileKind::eximDebian);
    const Setting* split = lastOf(debian, "dc_use_split_config");
    const auto place = [&](std::string_view part) {
        return std::ranges::find_if(files.all, [part](const ServerFile& file) {
            return contains(file.name, part) && contains("\n" + file.text, "\nDKIM_"); // Debian's own files have none
        });
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
}

// As our bundles write it into that transport.
std::string smarthostLines() {
    const std::string ours = plainTemplate("exim/transport");
    const auto begin = ours.find('\n') + 1; // behind "# BEGIN"
    return ours.substr(begin, ours.find("\n# END") - begin);
}

// Debian's transport for a smarthost has no DKIM; lintTransports() sees it where another one has.
void lintSmarthost(const Files& files, const EximConfiguration& exim, Findings& findings) {
    const std::vector<Setting>& debian = files.settings(FileKind::eximDebian);
    const Setting* type = lastOf(debian, "dc_eximconfig_configtype");
    if (type == nullptr || (unquoted(type->value) != "smarthost" && unquoted(type->value) != "satellite") ||
        std::ranges::any_of(exim.drivers, [](const Driver& each) { return each.find("dkim_domain") != nullptr; })) {
        return;
    }
    const auto transport = std::ranges::find_if(exim.drivers, [](const Driver& each) {
        return each.isTransport && each.name == "remote_smtp_smarthost" && each.is("smtp");
    });
    findings.push_back(transport == exim.drivers.end() ? at(LintCode::eximSmarthost, *type, smarthostLines())
                                                       : at(LintCode::eximSmarthost, *transport->find("driver"),
                                                            transport->find("driver")->text + "\n" + smarthostLines()));
}

// Debian's files have the word in conditions; what stands in files that we have not been given, nobody can tell.
void lintSignsNothing(const Files& files, const EximConfiguration& exim, Findings& findings) {
    for (std::size_t i = 0; i < files.all.size(); ++i) {
        if (files.kinds[i] == FileKind::exim &&
            (contains(lowered(files.all[i].text), "dkim_domain") || contains(files.all[i].text, ".include"))) {
            return;
        }
    }
    const auto sending = std::ranges::find_if(exim.drivers, [](const Driver& each) {
        const Setting* protocol = each.find("protocol");
        return each.isTransport && each.is("smtp") && (protocol == nullptr || protocol->value != "lmtp");
    });
    const bool isWhole = std::ranges::any_of(exim.drivers, [](const Driver& each) { return !each.isTransport; });
    if (sending != exim.drivers.end() && isWhole) {
        findings.push_back(at(LintCode::eximSignsNothing, *sending->find("driver"), {}, sending->name));
    }
}

std::set<std::string> namesInSmallLetters(const Findings& findings) {
    std::set<std::string> names;
    for (const LintFinding& each : findings) {
        if (each.code == LintCode::eximLowerCaseMacro) {
            names.insert(each.subject);
        }
    }
    return names;
}

} // namespace

void lintExim(const Files& files, Findings& findings) {
    const EximConfiguration exim = readExim(files);
    lintPlaces(files, findings);
    lintSmarthost(files, exim, findings);
    lintSignsNothing(files, exim, findings);
    const std::vector<Setting>& settings = files.settings(FileKind::exim);
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
    lintSigner(macroSigner(exim), exim, findings);
    for (const Driver& each : exim.drivers) {
        if (each.isTransport) {
            lintSigner(signerOf(each), exim, findings);
        }
    }
    lintTransports(exim, findings);
    std::erase_if(findings, [small = namesInSmallLetters(findings)](const LintFinding& each) {
        return each.code == LintCode::eximIncomplete && small.contains(each.subject); // it is there, in small letters
    });
}

} // namespace sealwright::lint
