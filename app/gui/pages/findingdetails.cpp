#include "gui/pages/findingdetails.h"

#include "gui/notice.h"
#include "gui/readonlytext.h"
#include "gui/wrappinglabel.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>

namespace sealwright {

FindingDetails::FindingDetails(const std::vector<Field>& fields, QWidget* parent)
    : QGroupBox(parent), found_(new Notice), why_(new WrappingLabel), remedy_(new WrappingLabel) {
    QFont bold = remedy_->font();
    bold.setBold(true);
    remedy_->setFont(bold);
    auto* grid = new QGridLayout(this);
    grid->setColumnStretch(1, 1);
    for (QWidget* words : std::initializer_list<QWidget*>{found_, why_, remedy_}) {
        grid->addWidget(words, grid->rowCount(), 0, 1, 3);
    }
    for (const Field& field : fields) {
        rows_.push_back(makeRow(field, *grid));
    }
    grid->setRowStretch(grid->rowCount(), 1); // takes the room that labels would spread over
}

FindingDetails::Row FindingDetails::makeRow(const Field& field, QGridLayout& grid) {
    const int at = grid.rowCount();
    const Row row{new QLabel(field.label), new ReadOnlyText(field.name, field.lines),
                  field.canBeCopied ? new QPushButton(tr("&Copy")) : nullptr};
    row.label->setBuddy(row.text);
    row.text->setFixedHeight(row.text->minimumHeight());
    grid.addWidget(row.label, at, 0, Qt::AlignTop);
    grid.addWidget(row.text, at, 1);
    if (row.copy != nullptr) {
        grid.addWidget(row.copy, at, 2, Qt::AlignTop);
        connect(row.copy, &QPushButton::clicked, this,
                [text = row.text] { QGuiApplication::clipboard()->setText(text->toPlainText()); });
    }
    return row;
}

void FindingDetails::show(const QString& title, Severity severity, const FindingText& words, const QStringList& texts) {
    setTitle(title);
    found_->show(severity, words.found);
    why_->setText(words.why);
    why_->setVisible(!words.why.isEmpty());
    remedy_->setText(words.remedy);
    remedy_->setVisible(!words.remedy.isEmpty());
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const Row& row = rows_[i];
        const QString& text = texts[static_cast<qsizetype>(i)];
        if (row.text->toPlainText() != text) { // What is being read stays where it was scrolled to.
            row.text->setPlainText(text);
        }
        for (QWidget* widget : std::initializer_list<QWidget*>{row.label, row.text, row.copy}) {
            if (widget != nullptr) {
                widget->setVisible(!text.isEmpty());
            }
        }
    }
}

} // namespace sealwright
