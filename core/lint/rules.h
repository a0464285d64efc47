#pragma once

#include "lint/lint.h"

#include <map>
#include <optional>

/// What the rules of each server share; no header that others include names it.
namespace sealwright::lint {

class Files {
public:
    explicit Files(std::span<const ServerFile> given);

    std::span<const ServerFile> all;
    std::vector<FileKind> kinds;

    /// The settings of all files of a kind; read when they are asked for first.
    [[nodiscard]] const std::vector<Setting>& settings(FileKind kind) const;
    [[nodiscard]] std::optional<std::size_t> first(FileKind kind) const;

private:
    [[nodiscard]] std::vector<Setting> read(FileKind kind) const;

    mutable std::map<FileKind, std::vector<Setting>> settings_;
};

using Findings = std::vector<LintFinding>;

void lintExim(const Files& files, Findings& findings);
void lintPostfix(const Files& files, Findings& findings);
void lintOpendkim(const Files& files, Findings& findings);
void lintDkimpy(const Files& files, Findings& findings);
void lintRspamd(const Files& files, Findings& findings);
void lintKeyFiles(const Files& files, Findings& findings);

inline LintFinding at(LintCode code, const Setting& setting, std::string mended = {}, std::string subject = {}) {
    return {code, setting.file, setting.line, setting.text, std::move(mended), std::move(subject)};
}

/// `name = value`, as exim and Postfix write it.
[[nodiscard]] std::string assignment(std::string_view name, std::string_view value);
/// Header fields that mailing lists add: signed while absent, they break the signature.
[[nodiscard]] bool isAddedByLists(std::string_view field);

/// A socket of opendkim.conf as Postfix names it: host and port, or the path below Postfix's queue folder.
[[nodiscard]] std::string postfixNameOf(std::string_view socket);
/// The last setting of that name, which is the one that counts; names differ in more than case.
[[nodiscard]] const Setting* lastOf(const std::vector<Setting>& settings, std::string_view name);
[[nodiscard]] bool isYes(std::string_view value); ///< yes, true, 1, on; whatever the case.
[[nodiscard]] bool isNo(std::string_view value);
/// Networks so wide that strangers are in them: 0.0.0.0/0, ::/0 and the like.
[[nodiscard]] bool takesInStrangers(std::string_view network);
/// The words of a list.
[[nodiscard]] std::vector<std::string_view> wordsOf(std::string_view list, std::string_view separators = ", \t\n");

} // namespace sealwright::lint
