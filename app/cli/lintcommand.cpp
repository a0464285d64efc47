#include "cli/commands.h"
#include "cli/findinglisting.h"
#include "cli/inputfile.h"
#include "cli/output.h"
#include "lint/readfiles.h"
#include "text/linttext.h"
#include "text/problemtext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::Lint)
};

struct Arguments {
    std::vector<std::string> files;
};

Failure tooLong(const std::string& name) {
    return {ExitStatus::usage,
            Words::tr("%1 is longer than 1 MB: that is no configuration of a mail server.").arg(shown(name))};
}

// Standard input, or a pipe such as the shell makes of <(postconf -n).
Result<lint::ServerFile> readStream(const std::string& name) {
    std::ifstream file;
    const auto input = openInput(name, file);
    if (!input) {
        return tl::unexpected(input.error());
    }
    std::string text;
    std::array<char, 65'536> piece{};
    while (**input && text.size() <= lint::longestFile) {
        (*input)->read(piece.data(), piece.size());
        text.append(piece.data(), static_cast<std::size_t>((*input)->gcount()));
    }
    if ((*input)->bad()) {
        return notFoundOut(Words::tr("%1 can't be read to its end.").arg(shown(name)));
    }
    if (text.size() > lint::longestFile) {
        return tl::unexpected(tooLong(name));
    }
    return lint::asServerFile(name == "-" ? "" : name, text);
}

// What is named by itself must be read, or it is said why not.
Result<std::vector<lint::ServerFile>> read(const std::string& name) {
    const std::filesystem::path path(QString::fromStdString(name).toStdU16String());
    std::error_code error;
    const std::filesystem::file_status status = std::filesystem::status(path, error);
    const bool isFolder = std::filesystem::is_directory(status);
    if (name == "-" || (!isFolder && !std::filesystem::is_regular_file(status))) {
        auto file = readStream(name);
        if (!file) {
            return tl::unexpected(file.error());
        }
        std::vector<lint::ServerFile> files;
        files.push_back(std::move(*file));
        return files;
    }
    std::vector<lint::ServerFile> files = lint::readFiles(path);
    if (const auto why = files.front().leftOut) {
        return why == lint::LeftOut::tooLong ? tl::unexpected(tooLong(name))
                                             : badInput(Words::tr("%1 can't be read.").arg(shown(name)));
    }
    return files;
}

QString calledAs(const lint::ServerFile& file) {
    return shown(file.name.empty() ? std::string("-") : file.name);
}

QString listing(const std::vector<lint::ServerFile>& files, const std::vector<lint::LintFinding>& findings) {
    if (findings.empty()) {
        return Words::tr("Nothing was found that leaves mail unsigned or breaks signatures.");
    }
    QStringList blocks;
    for (const lint::LintFinding& finding : findings) {
        const QString file = calledAs(files[finding.file]);
        const QString place = finding.line == 0 ? file : Words::tr("%1, line %2").arg(file).arg(finding.line);
        const auto code = [](const std::string& lines) {
            QStringList shownLines;
            for (const QString& line :
                 QString::fromUtf8(lines.data(), static_cast<qsizetype>(lines.size())).split(u'\n')) {
                shownLines += shown(line.toStdString());
            }
            return shownLines.join(QStringLiteral("\n"));
        };
        blocks +=
            listed({place, code(finding.text), code(finding.mended), severityOf(finding.code), lintText(finding)});
    }
    return blocks.join(QStringLiteral("\n"));
}

QJsonObject toJson(const lint::ServerFile& file, const lint::LintFinding& finding) {
    const FindingText words = lintText(finding);
    return {{QStringLiteral("code"), text(toString(finding.code))},
            {QStringLiteral("severity"), toString(severityOf(finding.code))},
            {QStringLiteral("file"), calledAs(file)},
            {QStringLiteral("subject"), finding.subject.empty() ? QJsonValue() : QJsonValue(shown(finding.subject))},
            {QStringLiteral("line"), finding.line == 0 ? QJsonValue() : QJsonValue(static_cast<qint64>(finding.line))},
            {QStringLiteral("text"), QString::fromStdString(finding.text)},
            {QStringLiteral("found"), words.found},
            {QStringLiteral("why"), words.why},
            {QStringLiteral("remedy"), words.remedy},
            {QStringLiteral("mended"), finding.mended.empty() ? QJsonValue() : QString::fromStdString(finding.mended)}};
}

ExitStatus statusOf(const std::vector<lint::LintFinding>& findings) {
    const auto has = [&findings](Severity severity) {
        return std::ranges::any_of(
            findings, [severity](const lint::LintFinding& finding) { return severityOf(finding.code) == severity; });
    };
    if (has(Severity::error) || has(Severity::warning)) {
        return ExitStatus::wrong;
    }
    return has(Severity::unknown) ? ExitStatus::unknown : ExitStatus::ok;
}

Outcome run(const Context& context, const Arguments& arguments) {
    std::vector<lint::ServerFile> files;
    for (const std::string& name : arguments.files) {
        auto some = read(name);
        if (!some) {
            return tl::unexpected(some.error());
        }
        std::ranges::move(*some, std::back_inserter(files));
    }
    const std::vector<lint::LintFinding> findings = lint::lint(files);
    if (context.json) {
        QJsonArray array;
        for (const lint::LintFinding& finding : findings) {
            array += toJson(files[finding.file], finding);
        }
        print(QJsonValue(QJsonObject{{QStringLiteral("findings"), array}}));
    } else {
        print(listing(files, findings));
    }
    return statusOf(findings);
}

} // namespace

void addLintCommand(CLI::App& app, Action& action) {
    auto* command = app.add_subcommand("lint", "Find what leaves mail unsigned in a mail server's configuration");
    const auto arguments = std::make_shared<Arguments>();
    command
        ->add_option("FILE", arguments->files,
                     "exim macros or configuration, main.cf or the output of postconf -n, opendkim.conf, its tables, "
                     "dkim_signing.conf, keys, what ls -lR prints of them, or a folder with any of these; - for "
                     "standard input")
        ->required();
    addAction(*command, arguments, run, action);
}

} // namespace sealwright::cli
