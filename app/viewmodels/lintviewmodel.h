#pragma once

#include "text/linttext.h"

#include <QObject>
#include <QStringList>

namespace sealwright {

/// What leaves mail unsigned in the configuration that a server has today.
class LintViewModel final : public QObject {
    Q_OBJECT

public:
    struct Line {
        Severity severity;
        QString place; ///< File and line.
        FindingText words;
        QString text;   ///< What stands there; empty where it is about what is missing.
        QString mended; ///< What should stand there; empty where that is not known.
    };

    using QObject::QObject;

    /// One that is there already takes the place of its like; all are looked at together.
    void addFiles(const QStringList& paths);
    void addText(const QString& pasted);
    void clear();

    [[nodiscard]] bool isEmpty() const { return files_.empty(); }
    [[nodiscard]] Severity severity() const { return severity_; } ///< Of the summary.
    [[nodiscard]] QString summary() const { return summary_; }    ///< Empty: nothing was given yet.
    [[nodiscard]] const std::vector<Line>& lines() const { return lines_; }
    [[nodiscard]] int worstRow() const; ///< The first of the gravest; 0 where there are none.

Q_SIGNALS:
    void changed();

private:
    void add(lint::ServerFile file);
    void look(const QString& problem);
    [[nodiscard]] QString nameOf(std::size_t file) const;

    std::vector<lint::ServerFile> files_;
    std::vector<Line> lines_;
    Severity severity_ = Severity::info;
    QString summary_;
};

} // namespace sealwright
