#include "gui/pages/lintpanel.h"

#include "gui/notice.h"
#include "gui/readonlytext.h"
#include "gui/wrappinglabel.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGridLayout>
#include <QGroupBox>
#include <QGuiApplication>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>

namespace sealwright {

LintPanel::LintPanel(QWidget* parent)
    : DropPanel(parent), clear_(new QPushButton(tr("Start ove&r"))), summary_(new Notice), findings_(new QListWidget) {
    auto* explanation = new WrappingLabel(
        tr("Does the server sign mail already, or should it and does not? Open, drop or paste what it has: exim's "
           "macros or configuration, what “postconf -n” prints, opendkim.conf with KeyTable and SigningTable, or "
           "rspamd's dkim_signing.conf. It stays on this computer, and nothing is changed."));
    findings_->setAccessibleName(tr("What was found in the configuration"));
    findings_->setMinimumHeight(120);
    findings_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored); // what is left, and no more
    findings_->setTextElideMode(Qt::ElideRight);
    findings_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(findings_, &QListWidget::currentRowChanged, this, &LintPanel::showSelected);
    connect(&model_, &LintViewModel::changed, this, &LintPanel::show);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(explanation);
    layout->addLayout(makeButtons());
    layout->addWidget(summary_);
    layout->addWidget(findings_, 1);
    layout->addWidget(makeDetails());
    layout->addStretch();
    show();
}

QLayout* LintPanel::makeButtons() {
    auto* open = new QPushButton(tr("&Open files …"));
    auto* pasteButton = new QPushButton(tr("&Paste"));
    pasteButton->setToolTip(tr("Text that you have copied, such as the output of “postconf -n”"));
    connect(open, &QPushButton::clicked, this, &LintPanel::openFiles);
    connect(pasteButton, &QPushButton::clicked, this, &LintPanel::paste);
    connect(clear_, &QPushButton::clicked, &model_, &LintViewModel::clear);
    auto* row = new QHBoxLayout;
    for (QPushButton* button : {open, pasteButton, clear_}) {
        row->addWidget(button);
    }
    row->addStretch();
    return row;
}

QWidget* LintPanel::makeDetails() {
    found_ = new Notice;
    why_ = new WrappingLabel;
    remedy_ = new WrappingLabel;
    textLabel_ = new QLabel(tr("Stands t&here:"));
    text_ = new ReadOnlyText(tr("What stands there"), 2);
    mendedLabel_ = new QLabel(tr("Shoul&d stand:"));
    mended_ = new ReadOnlyText(tr("What should stand there"), 3);
    copy_ = new QPushButton(tr("&Copy"));
    textLabel_->setBuddy(text_);
    mendedLabel_->setBuddy(mended_);
    text_->setFixedHeight(text_->minimumHeight());
    mended_->setFixedHeight(mended_->minimumHeight());
    QFont bold = remedy_->font();
    bold.setBold(true);
    remedy_->setFont(bold);
    connect(copy_, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(mended_->toPlainText()); });
    details_ = new QGroupBox;
    auto* grid = new QGridLayout(details_);
    grid->setColumnStretch(1, 1);
    grid->addWidget(found_, 0, 0, 1, 3);
    grid->addWidget(why_, 1, 0, 1, 3);
    grid->addWidget(remedy_, 2, 0, 1, 3);
    grid->addWidget(textLabel_, 3, 0, Qt::AlignTop);
    grid->addWidget(text_, 3, 1);
    grid->addWidget(mendedLabel_, 4, 0, Qt::AlignTop);
    grid->addWidget(mended_, 4, 1);
    grid->addWidget(copy_, 4, 2, Qt::AlignTop);
    return details_;
}

void LintPanel::openFiles() {
    const QStringList paths = QFileDialog::getOpenFileNames(this, tr("Open the server's configuration"));
    if (!paths.isEmpty()) {
        model_.addFiles(paths);
    }
}

void LintPanel::show() {
    clear_->setEnabled(!model_.isEmpty());
    summary_->show(model_.severity(), model_.summary());
    findings_->clear();
    for (const LintViewModel::Line& line : model_.lines()) {
        auto* item = new QListWidgetItem(severityIcon(line.severity),
                                         QStringLiteral("%1 – %2").arg(line.place, line.words.found), findings_);
        item->setToolTip(item->text());
    }
    findings_->setVisible(findings_->count() > 0);
    findings_->setCurrentRow(model_.worstRow());
    showSelected(findings_->currentRow());
}

void LintPanel::showSelected(int row) {
    const bool any = row >= 0 && row < static_cast<int>(model_.lines().size());
    details_->setVisible(any);
    if (!any) {
        return;
    }
    const LintViewModel::Line& line = model_.lines()[static_cast<std::size_t>(row)];
    details_->setTitle(line.place);
    found_->show(line.severity, line.words.found);
    why_->setText(line.words.why);
    why_->setVisible(!line.words.why.isEmpty());
    remedy_->setText(line.words.remedy);
    remedy_->setVisible(!line.words.remedy.isEmpty());
    text_->setPlainText(line.text);
    mended_->setPlainText(line.mended);
    for (QWidget* widget : std::initializer_list<QWidget*>{textLabel_, text_}) {
        widget->setVisible(!line.text.isEmpty());
    }
    for (QWidget* widget : std::initializer_list<QWidget*>{mendedLabel_, mended_, copy_}) {
        widget->setVisible(!line.mended.isEmpty());
    }
}

} // namespace sealwright
