#include "base/ascii.h"
#include "lint/rules.h"

#include <algorithm>
#include <set>

namespace sealwright::lint {
namespace {

std::string line(std::string_view name, std::string_view value) {
    constexpr std::size_t column = 24;
    std::string text(name);
    text.resize(std::max(text.size() + 1, column), ' ');
    return text.append(value);
}

// As Postfix would name it: its host and port, or its path below Postfix's queue folder.
std::string milterOf(std::string_view socket) {
    if (const auto sign = socket.find('@'); socket.starts_with("inet:")) {
        const auto host = sign == std::string_view::npos ? std::string_view("127.0.0.1") : socket.substr(sign + 1);
        return std::string("inet:")
            .append(host == "localhost" ? "127.0.0.1" : host)
            .append(":")
            .append(socket.substr(5, sign - std::min(sign, std::size_t{5})));
    }
    const std::string_view path = socket.substr(socket.starts_with("local:") ? 6 : socket.starts_with("unix:") ? 5 : 0);
    constexpr std::string_view queue = "/var/spool/postfix/";
    return std::string("unix:").append(path.starts_with(queue) ? path.substr(queue.size()) : path);
}

void lintSocket(const Files& files, const std::vector<Setting>& settings, Findings& findings) {
    const Setting* socket = lastOf(settings, "Socket");
    const std::vector<Setting> postfix = files.settings(FileKind::postfix);
    const Setting* milters = lastOf(postfix, "smtpd_milters");
    if (socket == nullptr || milters == nullptr || milters->value.empty()) {
        return;
    }
    std::string asked = milters->value;
    for (auto at = asked.find("localhost"); at != std::string::npos; at = asked.find("localhost")) {
        asked.replace(at, std::string_view("localhost").size(), "127.0.0.1");
    }
    const std::vector<std::string_view> words = wordsOf(asked, ", \t{}");
    const std::string ours = milterOf(socket->value);
    if (std::ranges::find(words, ours) == words.end()) {
        const bool reachable = ours.starts_with("inet:") || !ours.starts_with("unix:/");
        const std::string mended =
            reachable ? "smtpd_milters = " + ours
                      : line("Socket", "inet:8891@127.0.0.1") + "\nsmtpd_milters = inet:127.0.0.1:8891"; // chroot
        findings.push_back(at(LintCode::opendkimSocketMismatch, *socket, mended, milters->value));
    }
}

void lintHosts(const Files& files, const std::vector<Setting>& settings, Findings& findings) {
    for (const std::string_view name : {"InternalHosts", "ExternalIgnoreList"}) {
        const Setting* hosts = lastOf(settings, name);
        for (const std::string_view host : wordsOf(hosts == nullptr ? std::string_view() : hosts->value)) {
            if (takesInStrangers(host)) {
                findings.push_back(at(LintCode::opendkimSignsStrangers, *hosts, {}, std::string(host)));
                break;
            }
        }
    }
    for (const Setting& row : files.settings(FileKind::trustedHosts)) {
        if (takesInStrangers(row.name)) {
            findings.push_back(at(LintCode::opendkimSignsStrangers, row, {}, row.name));
        }
    }
}

void lintOptions(const std::vector<Setting>& settings, std::size_t file, Findings& findings) {
    const Setting* mode = lastOf(settings, "Mode");
    if (mode != nullptr && lowered(mode->value).find('s') == std::string::npos) {
        findings.push_back(at(LintCode::opendkimVerifiesOnly, *mode, line("Mode", "sv")));
    }
    const Setting* algorithm = lastOf(settings, "SignatureAlgorithm");
    if (algorithm != nullptr && sameLetters(algorithm->value, "rsa-sha1")) {
        findings.push_back(at(LintCode::opendkimSha1, *algorithm, line("SignatureAlgorithm", "rsa-sha256")));
    } else if (algorithm != nullptr && sameLetters(algorithm->value, "ed25519-sha256")) {
        findings.push_back(at(LintCode::opendkimEd25519Alone, *algorithm, line("SignatureAlgorithm", "rsa-sha256")));
    }
    const Setting* oversigned = lastOf(settings, "OversignHeaders");
    const auto fields = wordsOf(oversigned == nullptr ? std::string_view() : oversigned->value);
    if (oversigned == nullptr) {
        findings.push_back({LintCode::opendkimFromOnce, file, 0, {}, line("OversignHeaders", "From"), {}});
    } else if (std::ranges::none_of(fields, [](std::string_view field) { return sameLetters(field, "From"); })) {
        findings.push_back(at(LintCode::opendkimFromOnce, *oversigned, line("OversignHeaders", "From")));
    } else if (std::ranges::any_of(fields, isAddedByLists)) {
        findings.push_back(at(LintCode::opendkimListHeaders, *oversigned, line("OversignHeaders", "From")));
    }
    const Setting* canonicalization = lastOf(settings, "Canonicalization");
    if (canonicalization == nullptr) { // opendkim.conf(5): simple/simple
        findings.push_back(
            {LintCode::opendkimSimpleHeader, file, 0, {}, line("Canonicalization", "relaxed/relaxed"), {}});
    } else if (lowered(canonicalization->value).starts_with("simple")) {
        findings.push_back(
            at(LintCode::opendkimSimpleHeader, *canonicalization, line("Canonicalization", "relaxed/relaxed")));
    }
    const Setting* safe = lastOf(settings, "RequireSafeKeys");
    if (safe != nullptr && isNo(safe->value)) {
        findings.push_back(at(LintCode::opendkimUnsafeKeys, *safe, line("RequireSafeKeys", "yes")));
    }
}

void lintTables(const Files& files, const std::vector<Setting>& settings, Findings& findings) {
    const std::vector<Setting> keys = files.settings(FileKind::keyTable);
    const std::vector<Setting> signing = files.settings(FileKind::signingTable);
    const Setting* table = lastOf(settings, "SigningTable");
    const bool patterns =
        std::ranges::any_of(signing, [](const Setting& row) { return row.name.find('*') != std::string::npos; });
    if (table != nullptr && patterns && !table->value.starts_with("refile:")) {
        const std::string_view path = std::string_view(table->value).substr(table->value.starts_with("file:") ? 5 : 0);
        findings.push_back(at(LintCode::opendkimTableWithoutRefile, *table,
                              line("SigningTable", std::string("refile:").append(path))));
    }
    std::set<std::string_view> names;
    for (const Setting& key : keys) {
        const std::vector<std::string_view> parts = wordsOf(key.value, ":");
        if (parts.size() != 3) {
            findings.push_back(at(LintCode::opendkimKeyRowBroken, key));
        } else if (!parts[2].starts_with('/') && !parts[2].starts_with("file=")) {
            findings.push_back(at(LintCode::opendkimKeyPathRelative, key));
        }
        if (!names.insert(key.name).second) {
            findings.push_back(at(LintCode::opendkimKeyNameTwice, key, {}, key.name));
        }
    }
    for (const Setting& row : signing) {
        if (!keys.empty() && !names.contains(row.value)) {
            findings.push_back(at(LintCode::opendkimKeyNameUnknown, row, {}, row.value));
        }
    }
}

} // namespace

void lintOpendkim(const Files& files, Findings& findings) {
    const std::vector<Setting> settings = files.settings(FileKind::opendkim);
    if (const auto file = files.first(FileKind::opendkim)) {
        lintOptions(settings, *file, findings);
    }
    lintSocket(files, settings, findings);
    lintHosts(files, settings, findings);
    lintTables(files, settings, findings);
}

} // namespace sealwright::lint
