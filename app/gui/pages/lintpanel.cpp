#include "gui/pages/lintpanel.h"

#include "gui/notice.h"
#include "gui/pages/findingdetails.h"
#include "gui/wrappinglabel.h"

#include <QFileDialog>
#include <QListWidget>
#include <QPushButton>

namespace sealwright {

LintPanel::LintPanel(QWidget* parent)
    : DropPanel(parent)
    , clear_(new QPushButton(tr("Start ove&r")))
    , summary_(new Notice)
    , findings_(new QListWidget)
    , details_(new FindingDetails({{tr("Stands t&here:"), tr("What stands there"), 2, false},
                                   {tr("Shoul&d stand:"), tr("What should stand there"), 3, true}})) {
    auto* explanation = new WrappingLabel(
        tr("Does the server sign mail already, or should it and does not? Open, drop or paste what it has: exim's "
           "macros or configuration, what “postconf -n” prints, opendkim.conf with its tables, rspamd's "
           "dkim_signing.conf, and what “ls -lR” prints of the folder with the keys. It stays on this computer, and "
           "nothing is changed."));
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
    layout->addWidget(details_);
    layout->addStretch();
    show();
}

QLayout* LintPanel::makeButtons() {
    auto* open = new QPushButton(tr("&Open files …"));
    auto* openFolder = new QPushButton(tr("Open fo&lder …"));
    openFolder->setToolTip(tr("With all below it that is about signing; of keys, only kind and length are looked at"));
    auto* pasteButton = new QPushButton(tr("&Paste"));
    pasteButton->setToolTip(
        tr("Text that you have copied, such as the output of “postconf -n” or “ls -lR /etc/dkimkeys”"));
    connect(open, &QPushButton::clicked, this, &LintPanel::openFiles);
    connect(openFolder, &QPushButton::clicked, this, &LintPanel::openFolder);
    connect(pasteButton, &QPushButton::clicked, this, &LintPanel::paste);
    connect(clear_, &QPushButton::clicked, &model_, &LintViewModel::clear);
    auto* row = new QHBoxLayout;
    for (QPushButton* button : {open, openFolder, pasteButton, clear_}) {
        row->addWidget(button);
    }
    row->addStretch();
    return row;
}

void LintPanel::openFiles() {
    const QStringList paths = QFileDialog::getOpenFileNames(this, tr("Open the server's configuration"));
    if (!paths.isEmpty()) {
        model_.addFiles(paths);
    }
}

void LintPanel::openFolder() {
    const QString path = QFileDialog::getExistingDirectory(this, tr("Open a folder of the server"));
    if (!path.isEmpty()) {
        model_.addFiles({path});
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
    details_->show(line.place, line.severity, line.words, {line.text, line.mended});
}

} // namespace sealwright
