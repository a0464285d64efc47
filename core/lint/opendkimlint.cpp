#include "base/ascii.h"
#include "lint/opendkimrules.h"
#include "names/ipaddress.h"

#include <algorithm>
#include <set>

namespace sealwright::lint {
namespace {

// The list with our socket in the place of an older one of OpenDKIM, or behind the other milters.
std::string withMilter(std::string_view list, std::string_view ours) {
    const std::vector<std::string_view> words = wordsOf(list, ", \t");
    const auto isOlder = [](std::string_view word) {
        return word.find("dkim") != std::string_view::npos || word.ends_with(":8891") || word.ends_with(":12301");
    };
    const bool replaces = words.size() == 1 || std::ranges::any_of(words, isOlder);
    std::string mended;
    bool put = false;
    for (const std::string_view word : words) {
        const bool here = replaces && (words.size() == 1 || isOlder(word));
        if (here && put) {
            continue;
        }
        put = put || here;
        mended.append(mended.empty() ? "" : ", ").append(here ? ours : word);
    }
    return put ? mended : mended.append(", ").append(ours);
}

void lintSocket(const Files& files, const std::vector<Setting>& settings, Findings& findings) {
    const Setting* socket = lastOf(settings, "Socket");
    const std::vector<Setting>& postfix = files.settings(FileKind::postfix);
    const Setting* milters = lastOf(postfix, "smtpd_milters");
    if (socket == nullptr || milters == nullptr || milters->value.empty()) {
        return;
    }
    std::string asked = milters->value;
    for (auto at = asked.find("localhost"); at != std::string::npos; at = asked.find("localhost")) {
        asked.replace(at, std::string_view("localhost").size(), "127.0.0.1");
    }
    const std::vector<std::string_view> words = wordsOf(asked, ", \t{}");
    const std::string ours = postfixNameOf(socket->value);
    const auto isOurs = [&ours](std::string_view word) {
        return word == ours || (word.starts_with("local:") && word.substr(6) == std::string_view(ours).substr(5));
    };
    if (std::ranges::any_of(words, isOurs)) {
        return;
    }
    if (!ours.starts_with("inet:") && ours.starts_with("unix:/")) { // smtpd in its chroot never gets there
        findings.push_back(at(LintCode::opendkimSocketMismatch, *socket, opendkimLine("Socket", "inet:8891@127.0.0.1"),
                              milters->value));
    } else {
        findings.push_back(at(LintCode::opendkimSocketMismatch, *milters,
                              assignment(milters->name, withMilter(milters->value, ours)), socket->value));
    }
}

std::string without(std::string_view list, bool (*unwanted)(std::string_view), std::string_view instead) {
    std::string kept;
    for (const std::string_view word : wordsOf(list)) {
        if (!unwanted(word)) {
            kept.append(kept.empty() ? "" : ", ").append(word);
        }
    }
    return kept.empty() ? std::string(instead) : kept;
}

void lintHosts(const Files& files, const std::vector<Setting>& settings, Findings& findings) {
    for (const std::string_view name : {"InternalHosts", "ExternalIgnoreList"}) {
        const Setting* hosts = lastOf(settings, name);
        for (const std::string_view host : wordsOf(hosts == nullptr ? std::string_view() : hosts->value)) {
            if (takesInStrangers(host)) {
                findings.push_back(at(LintCode::opendkimSignsStrangers, *hosts,
                                      opendkimLine(name, without(hosts->value, takesInStrangers, "127.0.0.1, ::1")),
                                      std::string(host)));
                break;
            }
        }
    }
    for (const Setting& row : files.settings(FileKind::trustedHosts)) {
        if (takesInStrangers(row.name)) {
            findings.push_back(at(LintCode::opendkimSignsStrangers, row, "127.0.0.1", row.name));
        }
    }
}

bool covers(std::string_view network, const IpNetwork& wanted) {
    const auto parsed = IpNetwork::parse(network);
    return parsed && parsed->prefixLength <= wanted.prefixLength && parsed->contains(wanted.address);
}

// Postfix relays for them, and OpenDKIM takes them for strangers: containers, machines of the house.
void lintNetworks(const Files& files, const std::vector<Setting>& settings, Findings& findings) {
    const std::vector<Setting>& postfix = files.settings(FileKind::postfix);
    const std::vector<Setting>& rows = files.settings(FileKind::trustedHosts);
    const Setting* relayed = lastOf(postfix, "mynetworks");
    const Setting* internal = lastOf(settings, "InternalHosts");
    const auto conf = files.first(FileKind::opendkim);
    const bool inFile =
        internal != nullptr && internal->value.find('/') != std::string::npos && !IpNetwork::parse(internal->value);
    if (relayed == nullptr || !conf || (inFile && rows.empty())) {
        return;
    }
    std::vector<std::string_view> hosts =
        wordsOf(internal == nullptr || inFile ? std::string_view("127.0.0.1") : internal->value);
    std::ranges::transform(rows, std::back_inserter(hosts),
                           [](const Setting& row) { return std::string_view(row.name); });
    std::string missing;
    for (const std::string_view word : wordsOf(relayed->value)) {
        const auto network = IpNetwork::parse(word);
        const bool known = !network || word.starts_with("127.") ||
                           std::ranges::any_of(hosts, [&](std::string_view host) { return covers(host, *network); });
        if (!known) {
            missing.append(missing.empty() ? "" : ", ").append(word);
        }
    }
    if (missing.empty()) {
        return;
    }
    if (internal == nullptr) {
        findings.push_back({LintCode::opendkimNetworkUnsigned,
                            *conf,
                            0,
                            {},
                            opendkimLine("InternalHosts", "127.0.0.1, ::1, " + missing),
                            missing});
    } else if (inFile) {
        std::string mended = missing;
        for (auto at = mended.find(", "); at != std::string::npos; at = mended.find(", ")) {
            mended.replace(at, 2, "\n");
        }
        findings.push_back({LintCode::opendkimNetworkUnsigned, rows.front().file, 0, {}, mended, missing});
    } else {
        findings.push_back(at(LintCode::opendkimNetworkUnsigned, *internal,
                              opendkimLine("InternalHosts", internal->value + ", " + missing), missing));
    }
}

void lintOptions(const std::vector<Setting>& settings, std::size_t file, Findings& findings) {
    const Setting* mode = lastOf(settings, "Mode");
    if (mode != nullptr && lowered(mode->value).find('s') == std::string::npos) {
        findings.push_back(at(LintCode::opendkimVerifiesOnly, *mode, opendkimLine("Mode", "sv")));
    }
    const Setting* algorithm = lastOf(settings, "SignatureAlgorithm");
    if (algorithm != nullptr && sameLetters(algorithm->value, "rsa-sha1")) {
        findings.push_back(at(LintCode::opendkimSha1, *algorithm, opendkimLine("SignatureAlgorithm", "rsa-sha256")));
    } else if (algorithm != nullptr && sameLetters(algorithm->value, "ed25519-sha256")) {
        findings.push_back(
            at(LintCode::opendkimEd25519Alone, *algorithm, opendkimLine("SignatureAlgorithm", "rsa-sha256")));
    }
    const Setting* oversigned = lastOf(settings, "OversignHeaders");
    const auto fields = wordsOf(oversigned == nullptr ? std::string_view() : oversigned->value);
    if (oversigned == nullptr) {
        findings.push_back({LintCode::opendkimFromOnce, file, 0, {}, opendkimLine("OversignHeaders", "From"), {}});
    } else if (std::ranges::none_of(fields, [](std::string_view field) { return sameLetters(field, "From"); })) {
        findings.push_back(at(LintCode::opendkimFromOnce, *oversigned, opendkimLine("OversignHeaders", "From")));
    } else if (std::ranges::any_of(fields, isAddedByLists)) {
        findings.push_back(at(LintCode::opendkimListHeaders, *oversigned, opendkimLine("OversignHeaders", "From")));
    }
    const Setting* canonicalization = lastOf(settings, "Canonicalization");
    if (canonicalization == nullptr) { // opendkim.conf(5): simple/simple
        findings.push_back(
            {LintCode::opendkimSimpleHeader, file, 0, {}, opendkimLine("Canonicalization", "relaxed/relaxed"), {}});
    } else if (lowered(canonicalization->value).starts_with("simple")) {
        findings.push_back(
            at(LintCode::opendkimSimpleHeader, *canonicalization, opendkimLine("Canonicalization", "relaxed/relaxed")));
    }
    const Setting* safe = lastOf(settings, "RequireSafeKeys");
    if (safe != nullptr && isNo(safe->value)) {
        findings.push_back(at(LintCode::opendkimUnsafeKeys, *safe, opendkimLine("RequireSafeKeys", "yes")));
    }
}

void lintKeyRow(const Setting& key, Findings& findings) {
    const std::vector<std::string_view> parts = wordsOf(key.value, ":");
    const auto row = [&](std::string_view selector, std::string_view path) {
        return key.name + " " + std::string(parts[0]).append(":").append(selector).append(":").append(path);
    };
    if (parts.size() == 2 && parts[1].starts_with('/')) {
        const auto mark = key.name.find("._domainkey");
        const std::string selector = mark == std::string::npos ? selectorOfFile(parts[1]) : key.name.substr(0, mark);
        findings.push_back(at(LintCode::opendkimKeyRowBroken, key, row(selector, parts[1])));
    } else if (parts.size() == 4 && parts[2].starts_with('/')) {
        findings.push_back(at(LintCode::opendkimKeyRowBroken, key, row(parts[1], parts[2])));
    } else if (parts.size() != 3) {
        findings.push_back(at(LintCode::opendkimKeyRowBroken, key));
    } else if (parts[2].starts_with('/') || parts[2].starts_with("file=")) {
        return;
    } else if (constexpr std::size_t longestPath = 100; parts[2].size() > longestPath) { // the key itself: not shown
        LintFinding finding = at(LintCode::opendkimKeyPathRelative, key);
        finding.text = finding.text.substr(0, finding.text.find(std::string(":").append(parts[2].substr(0, 10))) + 1);
        findings.push_back(std::move(finding));
    } else {
        findings.push_back(
            at(LintCode::opendkimKeyPathRelative, key, row(parts[1], std::string("/etc/dkimkeys/").append(parts[2]))));
    }
}

void lintTables(const Files& files, const std::vector<Setting>& settings, Findings& findings) {
    const std::vector<Setting>& keys = files.settings(FileKind::keyTable);
    const std::vector<Setting>& signing = files.settings(FileKind::signingTable);
    const Setting* table = lastOf(settings, "SigningTable");
    const bool patterns =
        std::ranges::any_of(signing, [](const Setting& row) { return row.name.find('*') != std::string::npos; });
    if (table != nullptr && patterns && !table->value.starts_with("refile:")) {
        const std::string_view path = std::string_view(table->value).substr(table->value.starts_with("file:") ? 5 : 0);
        findings.push_back(at(LintCode::opendkimTableWithoutRefile, *table,
                              opendkimLine("SigningTable", std::string("refile:").append(path))));
    }
    std::set<std::string_view> names;
    for (const Setting& key : keys) {
        lintKeyRow(key, findings);
        if (!names.insert(key.name).second) {
            findings.push_back(at(LintCode::opendkimKeyNameTwice, key, {}, key.name));
        }
    }
    for (const Setting& row : signing) {
        if (!keys.empty() && !names.contains(row.value)) {
            findings.push_back(at(LintCode::opendkimKeyNameUnknown, row,
                                  keys.size() == 1 ? row.name + " " + keys.front().name : std::string(), row.value));
        }
    }
}

} // namespace

std::string postfixNameOf(std::string_view socket) {
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

void lintOpendkim(const Files& files, Findings& findings) {
    const std::vector<Setting>& settings = files.settings(FileKind::opendkim);
    if (const auto file = files.first(FileKind::opendkim)) {
        lintOptions(settings, *file, findings);
        lintOpendkimSigning(settings, *file, findings);
    }
    lintSocket(files, settings, findings);
    lintHosts(files, settings, findings);
    lintNetworks(files, settings, findings);
    lintTables(files, settings, findings);
}

} // namespace sealwright::lint
