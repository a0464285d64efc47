#include "lint/rules.h"

#include <set>

namespace sealwright::lint {
namespace {

struct Slip {
    LintCode code;
    std::string mended;
};

// A milter as Postfix names it: inet:HOST:PORT or unix:PATH, the path below the queue folder where smtpd is chrooted.
std::optional<Slip> slipOf(std::string_view socket) {
    constexpr std::string_view queue = "/var/spool/postfix/";
    const auto sign = socket.find('@');
    if (socket.starts_with("inet:") && sign != std::string_view::npos) {
        return Slip{
            LintCode::postfixSocketSyntax,
            std::string("inet:").append(socket.substr(sign + 1)).append(":").append(socket.substr(5, sign - 5))};
    }
    if (!socket.starts_with("unix:") && !socket.starts_with("local:")) { // Postfix takes either
        return std::nullopt;
    }
    const std::string_view path = socket.substr(socket.find(':') + 1);
    if (path.starts_with(queue)) {
        return Slip{LintCode::postfixSocketOutsideChroot, "unix:" + std::string(path.substr(queue.size()))};
    }
    if (path.starts_with("/run/") || path.starts_with("/var/run/")) {
        const bool rspamd = path.find("rspamd") != std::string_view::npos;
        return Slip{LintCode::postfixSocketOutsideChroot, rspamd ? "inet:127.0.0.1:11332" : "inet:127.0.0.1:8891"};
    }
    return std::nullopt;
}

// One finding for the list: the first slip is named, and all are mended.
void lintSockets(const Setting& milters, Findings& findings) {
    std::string_view rest = milters.value;
    std::string mended;
    std::optional<LintFinding> finding;
    for (const std::string_view socket : wordsOf(milters.value, ", \t{}")) {
        if (const auto slip = slipOf(socket)) {
            const auto before = static_cast<std::size_t>(socket.data() - rest.data());
            mended.append(rest.substr(0, before)).append(slip->mended);
            rest.remove_prefix(before + socket.size());
            finding = finding ? finding : at(slip->code, milters, {}, std::string(socket));
        }
    }
    if (finding) {
        finding->mended = assignment(milters.name, mended.append(rest));
        findings.push_back(std::move(*finding));
    }
}

void lintMilters(const std::vector<Setting>& settings, const Setting& milters, Findings& findings) {
    lintSockets(milters, findings);
    const Setting* local = lastOf(settings, "non_smtpd_milters");
    if (local == nullptr || local->value.empty()) {
        const std::string mended = assignment("non_smtpd_milters", "$smtpd_milters");
        findings.push_back(local == nullptr
                               ? LintFinding{LintCode::postfixLocalMailUnsigned, milters.file, 0, {}, mended, {}}
                               : at(LintCode::postfixLocalMailUnsigned, *local, mended));
    }
    const auto want = [&](std::string_view name, std::string_view value, LintCode code) {
        const Setting* setting = lastOf(settings, name);
        if (setting == nullptr) {
            findings.push_back({code, milters.file, 0, {}, assignment(name, value), {}});
        } else if (setting->value != value) {
            findings.push_back(at(code, *setting, assignment(name, value)));
        }
    };
    want("milter_default_action", "accept", LintCode::postfixMilterDownStopsMail);
    want("disable_mime_output_conversion", "yes", LintCode::postfixReencodes);
}

std::string withoutNoMilters(const Setting& options) {
    std::string kept;
    for (const std::string_view word : wordsOf(options.value)) {
        if (word != "no_milters") {
            kept.append(kept.empty() ? "" : ", ").append(word);
        }
    }
    return assignment(options.name, kept);
}

void lintDkimpyMilter(const Files& files, const Setting& milters, Findings& findings) {
    const std::vector<Setting>& daemon = files.settings(FileKind::dkimpy);
    for (const std::string_view word : wordsOf(milters.value, ", \t{}")) {
        const bool dkimpy = word.ends_with(":8892") || word.find("dkimpy") != std::string_view::npos;
        if (dkimpy && lastOf(daemon, "MacroListVerify") == nullptr) {
            findings.push_back(at(LintCode::postfixDkimpy, milters, {}, std::string(word)));
            return;
        }
    }
}

// What Postfix does to a mail when the milters have seen it.
void lintBehindMilters(const std::vector<Setting>& settings, Findings& findings) {
    constexpr std::pair<std::string_view, std::string_view> late[] = {{"smtp_header_checks", "header_checks"},
                                                                      {"smtp_body_checks", "body_checks"},
                                                                      {"smtp_generic_maps", "canonical_maps"}};
    for (const auto& [name, early] : late) {
        const Setting* setting = lastOf(settings, name);
        if (setting != nullptr && !setting->value.empty()) {
            const bool free = lastOf(settings, early) == nullptr;
            findings.push_back(at(LintCode::postfixChangesAfterSigning, *setting,
                                  free ? assignment(early, setting->value) : std::string(), std::string(name)));
        }
    }
    const Setting* filter = lastOf(settings, "content_filter");
    if (filter != nullptr && !filter->value.empty()) {
        findings.push_back(at(LintCode::postfixContentFilter, *filter));
    }
    const Setting* protocol = lastOf(settings, "milter_protocol");
    if (protocol != nullptr && protocol->value.size() == 1 && protocol->value < "6") { // 6: its default
        findings.push_back(at(LintCode::postfixMilterProtocol, *protocol, assignment(protocol->name, "6")));
    }
}

void lintNoMilter(const Files& files, const Setting* milters, std::size_t file, Findings& findings) {
    const std::vector<Setting>& daemon = files.settings(FileKind::opendkim);
    const Setting* socket = lastOf(daemon, "Socket");
    const std::string ours = socket == nullptr ? std::string() : postfixNameOf(socket->value);
    const bool reachable = ours.starts_with("inet:") || (!ours.empty() && !ours.starts_with("unix:/"));
    const std::string mended = reachable ? assignment("smtpd_milters", ours) : std::string();
    findings.push_back(milters == nullptr ? LintFinding{LintCode::postfixNoMilter, file, 0, {}, mended, {}}
                                          : at(LintCode::postfixNoMilter, *milters, mended));
}

} // namespace

void lintPostfix(const Files& files, Findings& findings) {
    const auto file = files.first(FileKind::postfix);
    if (!file) {
        return;
    }
    const std::vector<Setting>& settings = files.settings(FileKind::postfix);
    std::set<std::pair<std::size_t, std::string_view>> seen;
    for (const Setting& each : settings) {
        if (!seen.emplace(each.file, each.name).second) {
            findings.push_back(at(LintCode::postfixSetTwice, each, {}, each.name));
        }
    }
    const Setting* options = lastOf(settings, "receive_override_options");
    if (options != nullptr && options->value.find("no_milters") != std::string::npos) {
        findings.push_back(at(LintCode::postfixMiltersSwitchedOff, *options, withoutNoMilters(*options)));
    }
    const Setting* name = lastOf(settings, "milter_macro_daemon_name");
    if (name != nullptr && name->value.find("ORIGINATING") != std::string::npos) {
        findings.push_back(at(LintCode::postfixClaimsOriginating, *name, assignment(name->name, "$myhostname")));
    }
    const Setting* milters = lastOf(settings, "smtpd_milters");
    if (milters == nullptr || milters->value.empty()) {
        lintNoMilter(files, milters, *file, findings);
        return;
    }
    lintMilters(settings, *milters, findings);
    lintDkimpyMilter(files, *milters, findings);
    lintBehindMilters(settings, findings);
}

} // namespace sealwright::lint
