#include "base/ascii.h"
#include "lint/opendkimrules.h"

#include <algorithm>

namespace sealwright::lint {
namespace {

constexpr std::string_view keyTable = "/etc/opendkim/KeyTable";
constexpr std::string_view signingTable = "/etc/opendkim/SigningTable";

// With a word on what the table needs.
std::string tableLine(std::string_view name, std::string_view path) {
    const std::string_view row =
        name == "KeyTable"
            ? " has a row for each key: s1._domainkey.example.org example.org:s1:/etc/dkimkeys/s1.private\n"
            : " has a row for each domain: *@example.org s1._domainkey.example.org\n";
    return std::string("# ").append(path).append(row) + opendkimLine(name, std::string("refile:").append(path));
}

// KeyTable and SigningTable need each other.
void lintPair(const Setting* keys, const Setting* signing, std::size_t file, Findings& findings) {
    if (keys == nullptr) {
        findings.push_back({LintCode::opendkimIncomplete, file, 0, {}, tableLine("KeyTable", keyTable), "KeyTable"});
    } else if (signing == nullptr) {
        findings.push_back(
            {LintCode::opendkimIncomplete, file, 0, {}, tableLine("SigningTable", signingTable), "SigningTable"});
    }
}

// One key for all: Domain, Selector and KeyFile need each other.
void lintSingle(const Setting* domain, const Setting* selector, const Setting* key, std::size_t file,
                Findings& findings) {
    const auto miss = [&](std::string_view name, const std::string& value) {
        findings.push_back({LintCode::opendkimIncomplete,
                            file,
                            0,
                            {},
                            value.empty() ? value : opendkimLine(name, value),
                            std::string(name)});
    };
    if (domain == nullptr) {
        miss("Domain", {});
    }
    if (selector == nullptr) {
        miss("Selector", key == nullptr ? std::string() : selectorOfFile(key->value));
    }
    if (key == nullptr) {
        miss("KeyFile", selector == nullptr ? std::string() : "/etc/dkimkeys/" + selector->value + ".private");
    }
}

} // namespace

std::string opendkimLine(std::string_view name, std::string_view value) {
    constexpr std::size_t column = 24;
    std::string text(name);
    text.resize(std::max(text.size() + 1, column), ' ');
    return text.append(value);
}

std::string selectorOfFile(std::string_view path) {
    const std::string_view name = path.substr(path.rfind('/') + 1);
    return std::string(name.substr(0, name.rfind('.')));
}

void lintOpendkimSigning(const std::vector<Setting>& settings, std::size_t file, Findings& findings) {
    const Setting* mode = lastOf(settings, "Mode");
    const Setting* keys = lastOf(settings, "KeyTable");
    const Setting* signing = lastOf(settings, "SigningTable");
    const Setting* domain = lastOf(settings, "Domain");
    const Setting* selector = lastOf(settings, "Selector");
    const Setting* key = lastOf(settings, "KeyFile");
    if (mode != nullptr && lowered(mode->value).find('s') == std::string::npos) {
        return;
    }
    if (keys != nullptr || signing != nullptr) {
        lintPair(keys, signing, file, findings);
        for (const Setting* single : {domain, selector, key}) {
            if (single != nullptr && keys != nullptr && signing != nullptr) {
                findings.push_back(at(LintCode::opendkimSingleIgnored, *single, "# " + single->text, single->name));
            }
        }
    } else if (domain != nullptr || key != nullptr) {
        lintSingle(domain, selector, key, file, findings);
    } else {
        findings.push_back({LintCode::opendkimSignsNothing,
                            file,
                            0,
                            {},
                            tableLine("KeyTable", keyTable) + "\n" + tableLine("SigningTable", signingTable),
                            {}});
    }
}

} // namespace sealwright::lint
