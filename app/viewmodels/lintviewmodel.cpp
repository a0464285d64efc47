#include "viewmodels/lintviewmodel.h"

#include "lint/readfiles.h"
#include "text/problemtext.h"

#include <QFileInfo>

#include <algorithm>

namespace sealwright {

static constexpr std::size_t mostFiles = 2500; // a folder has no more
static constexpr qsizetype mostNamed = 5;

static bool isGrave(Severity severity) {
    return severity == Severity::error || severity == Severity::warning;
}

// Lines of a file, each fit to be shown.
static QString shownLines(std::string_view text) {
    QStringList lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines << shown(text.substr(at, end - at));
        at = end + 1;
    }
    return lines.join(u'\n');
}

// Some of many: a folder can hold hundreds.
static QString shortened(const QStringList& names) {
    const QString first = names.mid(0, mostNamed).join(LintViewModel::tr(", "));
    return names.size() <= mostNamed ? first
                                     : LintViewModel::tr("%1 and %2 more").arg(first).arg(names.size() - mostNamed);
}

void LintViewModel::addFiles(const QStringList& paths) {
    QString problem;
    for (const QString& path : paths) {
        const QString name = QFileInfo(path).fileName();
        const QFileInfo info(path);
        if (!info.isFile() && !info.isDir()) { // A named pipe would keep us waiting for ever.
            problem = tr("%1 is neither a file nor a folder.").arg(name);
            continue;
        }
        std::vector<lint::ServerFile> files = lint::readFiles(std::filesystem::path(path.toStdU16String()));
        if (files.front().leftOut == lint::LeftOut::tooLong) {
            problem = tr("%1 is longer than 1 MB: that is no configuration of a mail server.").arg(name);
        } else if (files.front().leftOut) {
            problem = tr("%1 can't be read.").arg(name);
        } else {
            for (lint::ServerFile& file : files) {
                add(std::move(file));
            }
        }
    }
    look(problem);
}

void LintViewModel::addText(const QString& pasted) {
    const std::string text = pasted.toStdString();
    if (pasted.trimmed().isEmpty()) {
        look(tr("There is no text to paste: copy it on the server's screen first."));
    } else if (text.size() > lint::longestFile) {
        look(tr("What was pasted is longer than 1 MB: that is no configuration of a mail server."));
    } else {
        add(lint::asServerFile({}, text));
        look({});
    }
}

void LintViewModel::add(lint::ServerFile file) {
    const auto kind = kindOf(file);
    std::erase_if(files_, [&](const lint::ServerFile& old) {
        return file.name.empty() ? old.name.empty() && kindOf(old) == kind : old.name == file.name;
    });
    if (files_.size() < mostFiles) {
        files_.push_back(std::move(file));
    }
}

void LintViewModel::clear() {
    files_.clear();
    look({});
}

int LintViewModel::worstRow() const {
    const auto error = std::ranges::find(lines_, Severity::error, &Line::severity);
    return error == lines_.end() ? 0 : static_cast<int>(error - lines_.begin());
}

QString LintViewModel::nameOf(std::size_t file) const {
    const std::string& path = files_[file].name;
    return path.empty() ? tr("pasted text") : shown(std::string_view(path).substr(path.rfind('/') + 1));
}

void LintViewModel::look(const QString& problem) {
    lines_.clear();
    QStringList names;
    for (std::size_t i = 0; i < files_.size(); ++i) {
        names << nameOf(i);
    }
    for (const lint::LintFinding& finding : lint::lint(files_)) {
        const QString name = names[static_cast<qsizetype>(finding.file)];
        lines_.push_back({severityOf(finding.code),
                          finding.line == 0 ? name : tr("%1, line %2").arg(name).arg(finding.line), lintText(finding),
                          shownLines(finding.text), shownLines(finding.mended)});
    }
    const auto grave = std::ranges::count_if(lines_, isGrave, &Line::severity);
    const QString in = shortened(names);
    if (!problem.isEmpty()) {
        severity_ = Severity::error;
        summary_ = problem;
    } else if (files_.empty()) {
        severity_ = Severity::info;
        summary_.clear();
    } else if (grave > 0) {
        severity_ = Severity::error;
        summary_ = tr("Problems to solve: %1, in %2.").arg(grave).arg(in);
    } else if (std::ranges::find(lines_, Severity::unknown, &Line::severity) != lines_.end()) {
        severity_ = Severity::unknown;
        summary_ = tr("Not all of it could be read: %1.").arg(in);
    } else {
        severity_ = Severity::ok;
        summary_ = tr("Nothing was found that leaves mail unsigned or breaks signatures, in %1.").arg(in);
    }
    Q_EMIT changed();
}

} // namespace sealwright
