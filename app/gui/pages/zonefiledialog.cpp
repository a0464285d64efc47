#include "gui/pages/zonefiledialog.h"

#include "gui/notice.h"
#include "gui/readonlytext.h"
#include "gui/wrappinglabel.h"
#include "text/zonetext.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QGuiApplication>
#include <QPushButton>
#include <QScrollBar>
#include <QTextBlock>
#include <QVBoxLayout>

namespace sealwright {

ZoneFileDialog::ZoneFileDialog(WizardState& state, QWidget* parent)
    : QDialog(parent)
    , model_(state)
    , summary_(new Notice)
    , diff_(new ReadOnlyText(tr("What changes in the zone file"), 12))
    , notes_(new Notice)
    , copied_(new Notice)
    , save_(new QPushButton(tr("&Save")))
    , copy_(new QPushButton(tr("&Copy whole file")))
    , undo_(new QPushButton(tr("&Undo")))
    , script_(new QPushButton(tr("Copy &nsupdate script"))) {
    setWindowTitle(tr("Zone file"));
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(new WrappingLabel(
        tr("Do you keep the zone as a file, for BIND, NSD or Knot? The records are put into it at their places, all "
           "else stays as it is, and the serial number is raised. Nothing is written before you save.")));
    layout->addLayout(makeSources());
    layout->addWidget(summary_);
    layout->addWidget(diff_, 1);
    layout->addWidget(notes_);
    layout->addWidget(copied_);
    layout->addStretch(); // where there is no diff to take the room
    layout->addLayout(makeActions());
    connect(&model_, &ZoneFileViewModel::changed, this, &ZoneFileDialog::show);
    resize(880, 520);
    show();
}

QLayout* ZoneFileDialog::makeSources() {
    auto* open = new QPushButton(tr("&Open zone file …"));
    auto* pasteButton = new QPushButton(tr("&Paste its text"));
    pasteButton->setToolTip(tr("The whole text of the file, which you have copied elsewhere"));
    connect(open, &QPushButton::clicked, this, &ZoneFileDialog::openFile);
    connect(pasteButton, &QPushButton::clicked, this, &ZoneFileDialog::paste);
    auto* row = new QHBoxLayout;
    row->addWidget(open);
    row->addWidget(pasteButton);
    row->addStretch();
    return row;
}

QLayout* ZoneFileDialog::makeActions() {
    save_->setToolTip(tr("The old file stays beside it, with a ~ behind its name"));
    undo_->setToolTip(tr("Puts back the file as it was before it was saved"));
    script_->setToolTip(
        tr("For servers that take dynamic updates: it changes just these records, and only if they are still as seen"));
    auto* close = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(save_, &QPushButton::clicked, &model_, &ZoneFileViewModel::save);
    connect(undo_, &QPushButton::clicked, &model_, &ZoneFileViewModel::undo);
    connect(copy_, &QPushButton::clicked, this,
            [this] { copy(model_.newText(), tr("The whole changed file was copied.")); });
    connect(script_, &QPushButton::clicked, this, [this] { copy(model_.nsupdate(), tr("The script was copied.")); });
    connect(close, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* row = new QHBoxLayout;
    for (QPushButton* button : {save_, undo_, copy_, script_}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    row->addStretch();
    row->addWidget(close);
    return row;
}

void ZoneFileDialog::show() {
    summary_->show(model_.severity(), model_.summary());
    notes_->show(Severity::info, model_.notes().join(u'\n'));
    copied_->show(Severity::ok, {});
    save_->setEnabled(model_.canSave());
    undo_->setEnabled(model_.canUndo());
    copy_->setEnabled(!model_.newText().isEmpty());
    script_->setEnabled(!model_.nsupdate().isEmpty());
    showDiff();
}

/// Sign and colour; the colours are readable on what the palette has behind them.
void ZoneFileDialog::showDiff() {
    diff_->clear();
    const bool dark = palette().color(QPalette::Base).lightness() < 128;
    const QColor removed = dark ? QColor(0xff, 0x9a, 0x8f) : QColor(0xa4, 0x12, 0x12);
    const QColor added = dark ? QColor(0x8c, 0xd9, 0x8c) : QColor(0x10, 0x66, 0x1c);
    QTextCursor cursor(diff_->document());
    std::size_t last = 0;
    for (const DiffLine& line : model_.diff()) {
        QTextCharFormat format;
        QString sign = QStringLiteral("  ");
        if (line.kind == DiffLine::Kind::context && line.line > last + 1) {
            cursor.insertText(tr("line %1:").arg(line.line) + u'\n', format);
        } else if (line.kind != DiffLine::Kind::context) {
            const bool isAdded = line.kind == DiffLine::Kind::added;
            format.setForeground(isAdded ? added : removed);
            sign = isAdded ? QStringLiteral("+ ") : QStringLiteral("- ");
        }
        cursor.insertText(sign + shownLine(line.text) + u'\n', format);
        last = line.kind == DiffLine::Kind::added ? last : line.line;
    }
    diff_->setVisible(!model_.diff().empty());
    diff_->moveCursor(QTextCursor::Start);
}

void ZoneFileDialog::openFile() {
    const QString path = QFileDialog::getOpenFileName(this, tr("Open zone file"));
    if (!path.isEmpty()) {
        model_.open(path);
    }
}

void ZoneFileDialog::paste() {
    model_.paste(QGuiApplication::clipboard()->text());
}

void ZoneFileDialog::copy(const QString& text, const QString& done) {
    QGuiApplication::clipboard()->setText(text);
    copied_->show(Severity::ok, done);
}

} // namespace sealwright
