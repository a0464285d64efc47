#include "cli/commands.h"
#include "cli/findinglisting.h"
#include "cli/inputfile.h"
#include "cli/output.h"
#include "text/linttext.h"
#include "text/problemtext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

#include <array>

namespace sealwright::cli {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::cli::Lint)
};

struct Arguments {
    std::vector<std::string> files;
};

Result<lint::ServerFile> read(const std::string& name) {
    std::ifstream file;
    const auto input = openInput(name, file);
    if (!input) {
        return tl::unexpected(input.error());
    }
    lint::ServerFile read{name == "-" ? "" : name, {}};
    std::array<char, 65'536> piece{};
    while (**input && read.text.size() <= lint::longestFile) {
        (*input)->read(piece.data(), piece.size());
        read.text.append(piece.data(), static_cast<std::size_t>((*input)->gcount()));
    }
    if ((*input)->bad()) {
        return notFoundOut(Words::tr("%1 can't be read to its end.").arg(shown(name)));
    }
    if (read.text.size() > lint::longestFile) {
        return badInput(
            Words::tr("%1 is longer than 1 MB: that is no configuration of a mail server.").arg(shown(name)));
    }
    return read;
}

QString listing(const Arguments& arguments, const std::vector<lint::LintFinding>& findings) {
    if (findings.empty()) {
        return Words::tr("Nothing was found that leaves mail unsigned or breaks signatures.");
    }
    QStringList blocks;
    for (const lint::LintFinding& finding : findings) {
        const QString file = shown(arguments.files[finding.file]);
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

QJsonObject toJson(const std::string& file, const lint::LintFinding& finding) {
    const FindingText words = lintText(finding);
    return {{QStringLiteral("code"), text(toString(finding.code))},
            {QStringLiteral("severity"), toString(severityOf(finding.code))},
            {QStringLiteral("file"), shown(file)},
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
        auto file = read(name);
        if (!file) {
            return tl::unexpected(file.error());
        }
        files.push_back(std::move(*file));
    }
    const std::vector<lint::LintFinding> findings = lint::lint(files);
    if (context.json) {
        QJsonArray array;
        for (const lint::LintFinding& finding : findings) {
            array += toJson(arguments.files[finding.file], finding);
        }
        print(QJsonValue(QJsonObject{{QStringLiteral("findings"), array}}));
    } else {
        print(listing(arguments, findings));
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
                     "dkim_signing.conf; - for standard input")
        ->required();
    addAction(*command, arguments, run, action);
}

} // namespace sealwright::cli
