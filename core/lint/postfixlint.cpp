#include "lint/rules.h"

#include <algorithm>

namespace sealwright::lint {
namespace {

std::string line(std::string_view name, std::string_view value) {
    return std::string(name).append(" = ").append(value);
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

struct Slip {
    LintCode code;
    std::string mended;
};

// A milter as Postfix names it: inet:HOST:PORT or unix:PATH, the path below the queue folder where smtpd is chrooted.
std::optional<Slip> slipOf(std::string_view socket) {
    constexpr std::string_view queue = "unix:/var/spool/postfix/";
    const auto sign = socket.find('@');
    if (socket.starts_with("local:")) {
        return Slip{LintCode::postfixSocketSyntax, "unix:" + std::string(socket.substr(6))};
    }
    if (socket.starts_with("inet:") && sign != std::string_view::npos) {
        return Slip{
            LintCode::postfixSocketSyntax,
            std::string("inet:").append(socket.substr(sign + 1)).append(":").append(socket.substr(5, sign - 5))};
    }
    if (socket.starts_with(queue)) {
        return Slip{LintCode::postfixSocketOutsideChroot, "unix:" + std::string(socket.substr(queue.size()))};
    }
    if (socket.starts_with("unix:/run/") || socket.starts_with("unix:/var/run/")) {
        return Slip{LintCode::postfixSocketOutsideChroot, "inet:127.0.0.1:8891"};
    }
    return std::nullopt;
}

void lintSockets(const Setting& milters, Findings& findings) {
    const std::vector<std::string_view> sockets = wordsOf(milters.value, ", \t{}");
    std::string mended = milters.value;
    for (const std::string_view socket : sockets) {
        if (const auto slip = slipOf(socket)) {
            mended = replaced(mended, socket, slip->mended);
        }
    }
    for (const std::string_view socket : sockets) {
        if (const auto slip = slipOf(socket)) {
            findings.push_back(at(slip->code, milters, line(milters.name, mended), std::string(socket)));
        }
    }
}

void lintMilters(const std::vector<Setting>& settings, const Setting& milters, Findings& findings) {
    lintSockets(milters, findings);
    const Setting* local = lastOf(settings, "non_smtpd_milters");
    if (local == nullptr || local->value.empty()) {
        const std::string mended = line("non_smtpd_milters", "$smtpd_milters");
        findings.push_back(local == nullptr
                               ? LintFinding{LintCode::postfixLocalMailUnsigned, milters.file, 0, {}, mended, {}}
                               : at(LintCode::postfixLocalMailUnsigned, *local, mended));
    }
    const auto want = [&](std::string_view name, std::string_view value, LintCode code) {
        const Setting* setting = lastOf(settings, name);
        if (setting == nullptr) {
            findings.push_back({code, milters.file, 0, {}, line(name, value), {}});
        } else if (setting->value != value) {
            findings.push_back(at(code, *setting, line(name, value)));
        }
    };
    want("milter_default_action", "accept", LintCode::postfixMilterDownStopsMail);
    want("disable_mime_output_conversion", "yes", LintCode::postfixReencodes);
}

} // namespace

void lintPostfix(const Files& files, Findings& findings) {
    const auto file = files.first(FileKind::postfix);
    if (!file) {
        return;
    }
    const std::vector<Setting> settings = files.settings(FileKind::postfix);
    for (auto each = settings.begin(); each != settings.end(); ++each) {
        const bool again = std::any_of(settings.begin(), each, [&](const Setting& earlier) {
            return earlier.name == each->name && earlier.file == each->file;
        });
        if (again) {
            findings.push_back(at(LintCode::postfixSetTwice, *each, {}, each->name));
        }
    }
    const Setting* options = lastOf(settings, "receive_override_options");
    if (options != nullptr && options->value.find("no_milters") != std::string::npos) {
        findings.push_back(at(LintCode::postfixMiltersSwitchedOff, *options));
    }
    const Setting* name = lastOf(settings, "milter_macro_daemon_name");
    if (name != nullptr && name->value.find("ORIGINATING") != std::string::npos) {
        findings.push_back(at(LintCode::postfixClaimsOriginating, *name));
    }
    const Setting* milters = lastOf(settings, "smtpd_milters");
    if (milters == nullptr || milters->value.empty()) {
        findings.push_back(milters == nullptr ? LintFinding{LintCode::postfixNoMilter, *file, 0, {}, {}, {}}
                                              : at(LintCode::postfixNoMilter, *milters));
        return;
    }
    lintMilters(settings, *milters, findings);
}

} // namespace sealwright::lint
