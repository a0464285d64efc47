#pragma once

#include "text/findingtext.h"

#include <QGroupBox>

class QGridLayout;
class QLabel;
class QPushButton;

namespace sealwright {

class Notice;
class ReadOnlyText;

/// One finding in full: what was found, why it matters, what to do, and the texts that belong to it.
class FindingDetails final : public QGroupBox {
    Q_OBJECT

public:
    struct Field {
        QString label; ///< With its mnemonic.
        QString name;  ///< For screen readers.
        int lines;
        bool canBeCopied;
    };

    explicit FindingDetails(const std::vector<Field>& fields, QWidget* parent = nullptr);

    /// `texts`: one for each field; those without any are hidden.
    void show(const QString& title, Severity severity, const FindingText& words, const QStringList& texts);

private:
    struct Row {
        QLabel* label;
        ReadOnlyText* text;
        QPushButton* copy; ///< Null where there is nothing to be copied.
    };

    [[nodiscard]] Row makeRow(const Field& field, QGridLayout& grid);

    Notice* found_;
    QLabel* why_;
    QLabel* remedy_;
    std::vector<Row> rows_;
};

} // namespace sealwright
