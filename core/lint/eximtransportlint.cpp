#include "base/ascii.h"
#include "lint/eximrules.h"

#include <algorithm>

namespace sealwright::lint {
namespace {

bool isSmtp(const Driver& each) {
    return each.isTransport && (each.is("smtp") || each.find("driver") == nullptr);
}

// To a filter on this server, or to its mailboxes: nothing that strangers verify.
bool staysHere(const Driver& transport) {
    const Setting* hosts = transport.find("hosts");
    const Setting* protocol = transport.find("protocol");
    return (hosts != nullptr && (hosts->value.starts_with("127.") || hosts->value.starts_with("localhost"))) ||
           (protocol != nullptr && protocol->value == "lmtp");
}

std::string dkimLines(const Driver& transport, const std::string& indentation) {
    std::string lines;
    for (const Setting& each : transport.settings) {
        if (isAboutDkim(each) && !each.value.empty() && each.name != "dkim_hash") {
            lines.append("\n").append(indentation).append(assignment(each.name, each.value));
        }
    }
    return lines;
}

// Signs with what another one signs with.
void lintUnsigned(const EximConfiguration& exim, const Driver& signing, Findings& findings) {
    for (const Driver& each : exim.drivers) {
        const Setting* driver = each.find("driver");
        if (!isSmtp(each) || driver == nullptr || each.find("dkim_domain") != nullptr || staysHere(each) ||
            !exim.isUsed(each)) {
            continue;
        }
        findings.push_back(at(LintCode::eximTransportUnsigned, *driver,
                              driver->text + dkimLines(signing, indentationOf(*driver)), each.name));
    }
}

void lintMisplaced(const Driver& each, Findings& findings) {
    for (const Setting& setting : each.settings) {
        if (isAboutDkim(setting)) {
            findings.push_back(at(LintCode::eximMisplaced, setting, "# " + setting.text, each.name));
        }
    }
}

} // namespace

void lintTransports(const EximConfiguration& exim, Findings& findings) {
    const Driver* signing = nullptr;
    for (const Driver& each : exim.drivers) {
        if (!isSmtp(each)) {
            lintMisplaced(each, findings);
        } else if (each.find("dkim_domain") != nullptr) {
            signing = signing == nullptr ? &each : signing;
        }
    }
    const bool anySigns = std::ranges::any_of(exim.drivers, [&exim](const Driver& each) {
        return isSmtp(each) && each.find("dkim_domain") != nullptr && exim.isUsed(each);
    });
    if (signing != nullptr && !anySigns && exim.knowsUse()) {
        findings.push_back(at(LintCode::eximTransportUnused, *signing->find("dkim_domain"), {}, signing->name));
    }
    if (signing != nullptr) {
        lintUnsigned(exim, *signing, findings);
    }
}

} // namespace sealwright::lint
