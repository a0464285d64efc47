#include "lint/rules.h"

namespace sealwright::lint {

// Its InternalHosts only says what is verified: every mail with our domain in From: is signed (measured, 1.2.3).
void lintDkimpy(const Files& files, Findings& findings) {
    const auto file = files.first(FileKind::dkimpy);
    const std::vector<Setting>& settings = files.settings(FileKind::dkimpy);
    if (!file || lastOf(settings, "MacroListVerify") != nullptr) {
        return;
    }
    findings.push_back(
        {LintCode::dkimpySignsStrangers, *file, 0, {}, "MacroListVerify         daemon_name|VERIFYING", {}});
}

} // namespace sealwright::lint
