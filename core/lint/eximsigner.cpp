#include "base/ascii.h"
#include "lint/eximrules.h"
#include "mta/eximmacros.h"

#include <algorithm>

namespace sealwright::lint {
namespace {

constexpr std::string_view ofTheMail[] = {"$h_",
                                          "${h_",
                                          "$rh_",
                                          "${rh_",
                                          "$bh_",
                                          "$header_",
                                          "${header_",
                                          "$rheader_",
                                          "${rheader_",
                                          "$sender_address",
                                          "${sender_address"};
constexpr std::string_view gates[] = {"sender_host_address", "authenticated_id", "sender_host_authenticated",
                                      "relay_from_hosts"};

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

bool containsAny(std::string_view text, std::span<const std::string_view> parts) {
    return std::ranges::any_of(parts, [text](std::string_view part) { return contains(text, part); });
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

// What is to be read of a setting: as it stands, or with its macros where only they say it.
std::string told(const EximConfiguration& exim, std::string_view value) {
    return containsAny(value, ofTheMail) ? std::string(value) : exim.expanded(value);
}

void lintKeyPath(const Signer& signer, const EximConfiguration& exim, Findings& findings) {
    const std::string path = exim.expanded(signer.key->value);
    const std::string domain = signer.domain == nullptr ? std::string() : exim.expanded(signer.domain->value);
    const bool byDomain = contains(path, "dkim_domain") && contains(domain, "$") && !contains(domain, "lookup");
    if (contains(path, "lookup") || (!byDomain && !containsAny(path, ofTheMail))) {
        return;
    }
    const std::string clean =
        cleanKeyPath(replaced(replaced(path, "$h_from:", "$rh_from:"), "$header_from:", "$rheader_from:"));
    findings.push_back(
        at(LintCode::eximTaintedKeyPath, *signer.key, clean.empty() ? clean : mendedLine(*signer.key, clean)));
}

void lintDomain(const Setting& domain, const EximConfiguration& exim, Findings& findings) {
    const std::string value = told(exim, domain.value);
    if (!containsAny(value, ofTheMail)) {
        return;
    }
    const std::string raw = replaced(replaced(value, "$h_from:", "$rh_from:"), "$header_from:", "$rheader_from:");
    if (raw != value) {
        findings.push_back(at(LintCode::eximDecodedFrom, domain, mendedLine(domain, raw)));
    }
    const std::string byFrom = replaced(replaced(raw, "${sender_address_domain}", "${domain:$rh_from:}"),
                                        "$sender_address_domain", "${domain:$rh_from:}");
    if (byFrom != raw && !contains(raw, "h_from:") && !contains(raw, "header_from:")) {
        findings.push_back(at(LintCode::eximDomainOfMailFrom, domain, mendedLine(domain, byFrom)));
    }
    if (!containsAny(value, gates)) {
        const std::string gated = "${if or{{!def:sender_host_address}{def:sender_host_authenticated}"
                                  "{acl{{accept hosts = +relay_from_hosts}}}}{" +
                                  raw + "}}";
        findings.push_back(at(LintCode::eximSignsStrangers, domain, mendedLine(domain, gated)));
    }
}

std::string_view ourHeaders() {
    static const std::string ours = eximLineOfOurs("DKIM_SIGN_HEADERS");
    return std::string_view(ours).substr(ours.find('=') + 2);
}

void lintHeaderList(const Setting& list, const EximConfiguration& exim, Findings& findings) {
    const std::string value = exim.expanded(list.value);
    const std::vector<std::string_view> fields = wordsOf(value, ": \t");
    const bool theDefault = contains(value, "_DKIM_SIGN_HEADERS") || contains(value, "_DKIM_OVERSIGN_HEADERS");
    if (theDefault || std::ranges::any_of(fields, [](std::string_view field) {
            return isAddedByLists(field.substr(field.starts_with('+') ? 1 : 0)); // "=": signed only where it is
        })) {
        findings.push_back(at(LintCode::eximListHeaders, list, mendedLine(list, ourHeaders())));
    } else if (std::ranges::none_of(fields, [](std::string_view field) { return sameLetters(field, "+From"); })) {
        findings.push_back(at(LintCode::eximFromOnce, list, mendedLine(list, ourHeaders())));
    }
}

void take(const std::vector<Setting>& settings, Signer& signer, std::string_view prefix) {
    const auto find = [&](std::string_view option) -> const Setting* {
        const std::string name = std::string(prefix).append(option);
        const Setting* setting = lastOf(settings, prefix == "DKIM_" ? name : lowered(name));
        return setting == nullptr || setting->value.empty() ? nullptr : setting;
    };
    signer = {find("DOMAIN"),       find("SELECTOR"), find("PRIVATE_KEY"),
              find("SIGN_HEADERS"), find("STRICT"),   find("CANON")};
}

// Set here; Debian's transports hand macros on, `dkim_domain = DKIM_DOMAIN`.
bool isOwn(const Setting* setting) {
    return setting != nullptr && !sameLetters(setting->name, setting->value);
}

bool isMacro(const Setting& setting) {
    return setting.name.front() >= 'A' && setting.name.front() <= 'Z';
}

// A line that is missing: macros may stand anywhere, a transport's options beside the others.
LintFinding with(LintCode code, const Setting& beside, const std::string& missing, std::string subject = {}) {
    if (isMacro(beside)) {
        return {code, beside.file, 0, {}, missing, std::move(subject)};
    }
    LintFinding finding = at(code, beside, {}, std::move(subject));
    finding.mended =
        finding.text.size() < longestShown ? finding.text + "\n" + indentationOf(beside) + missing : std::string();
    return finding;
}

// What is missing, behind the domain; with a word on what its look-up needs.
std::string missingLine(std::string_view name, const Signer& signer) {
    const std::string domain =
        signer.domain->value.find_first_of("${") == std::string::npos ? signer.domain->value : "example.org";
    const bool macro = isMacro(*signer.domain);
    const std::string option = macro ? std::string(name) : indentationOf(*signer.domain) + lowered(name);
    if (name == "DKIM_SELECTOR") {
        return "# /etc/exim4/dkim/selectors needs a row for each domain, with its selector: " + domain + ": s1\n" +
               assignment(option, "${lookup{$dkim_domain}lsearch{/etc/exim4/dkim/selectors}{$value}}");
    }
    // Whatever the domain is made from: ours takes it from a table.
    return "# It is the file /etc/exim4/dkim/" + domain + "/SELECTOR.pem (root:Debian-exim, mode 0640).\n" +
           assignment(option, cleanKeyPath("/etc/exim4/dkim/$dkim_domain/$dkim_selector.pem"));
}

void lintCompleteness(const Signer& signer, const EximConfiguration& exim, Findings& findings) {
    const auto miss = [&](std::string_view name, const Setting* setting) {
        const bool inTransport =
            isMacro(*signer.domain) &&
            std::ranges::any_of(exim.drivers, [name](const Driver& each) { return isOwn(each.find(lowered(name))); });
        if (setting != nullptr || inTransport) {
            return;
        }
        findings.push_back(
            with(LintCode::eximIncomplete, *signer.domain, missingLine(name, signer), std::string(name)));
    };
    miss("DKIM_SELECTOR", signer.selector);
    miss("DKIM_PRIVATE_KEY", signer.key);
}

} // namespace

std::string indentationOf(const Setting& setting) {
    return setting.text.substr(0, std::min(setting.text.find_first_not_of(" \t"), setting.text.size()));
}

bool isAboutDkim(const Setting& setting) {
    return sameLetters(std::string_view(setting.name).substr(0, 5), "dkim_");
}

Signer macroSigner(const EximConfiguration& exim) {
    Signer signer;
    take(exim.definitions, signer, "DKIM_");
    return signer;
}

Signer signerOf(const Driver& transport) {
    Signer signer;
    take(transport.settings, signer, "dkim_");
    return signer;
}

std::string eximLineOfOurs(std::string_view macro) {
    const std::string ours = eximMacros(Stack::exim4Debian);
    const auto begin = ours.find("\n" + std::string(macro) + " = ") + 1;
    return ours.substr(begin, ours.find('\n', begin) - begin);
}

std::string mendedLine(const Setting& setting, std::string_view value) {
    return indentationOf(setting) + assignment(setting.name, value);
}

void lintSigner(const Signer& signer, const EximConfiguration& exim, Findings& findings) {
    if (isOwn(signer.key)) {
        lintKeyPath(signer, exim, findings);
    }
    if (isOwn(signer.headers)) {
        lintHeaderList(*signer.headers, exim, findings);
    }
    if (isOwn(signer.strict) && isYes(signer.strict->value)) {
        findings.push_back(at(LintCode::eximStrict, *signer.strict, mendedLine(*signer.strict, "false")));
    }
    if (isOwn(signer.canon) && sameLetters(signer.canon->value, "simple")) {
        findings.push_back(at(LintCode::eximSimpleHeader, *signer.canon, mendedLine(*signer.canon, "relaxed")));
    }
    if (!isOwn(signer.domain)) {
        return;
    }
    lintDomain(*signer.domain, exim, findings);
    if (signer.headers == nullptr) {
        const std::string name = isMacro(*signer.domain) ? "DKIM_SIGN_HEADERS" : "dkim_sign_headers";
        findings.push_back(with(LintCode::eximListHeaders, *signer.domain, assignment(name, ourHeaders())));
    }
    lintCompleteness(signer, exim, findings);
}

} // namespace sealwright::lint
