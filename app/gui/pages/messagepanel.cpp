#include "gui/pages/messagepanel.h"

#include "gui/notice.h"
#include "gui/wrappinglabel.h"

#include <QFileDialog>
#include <QPushButton>
#include <QVBoxLayout>

namespace sealwright {

MessagePanel::MessagePanel(WizardState& state, QWidget* parent)
    : DropPanel(parent)
    , model_(state)
    , open_(new QPushButton(tr("&Open a mail …")))
    , paste_(new QPushButton(tr("&Paste")))
    , stop_(new QPushButton(tr("S&top")))
    , summary_(new Notice)
    , lines_(new QVBoxLayout) {
    auto* explanation = new WrappingLabel(tr("Send a mail to a mailbox elsewhere, such as Gmail, and open it there. "
                                             "Choose “show original” or “view source”, and "
                                             "drop the saved file here, or copy the whole source and paste it. It "
                                             "stays on this computer: only the DNS is asked "
                                             "for its keys and records."));
    open_->setToolTip(tr("A mail that was saved as a file (.eml)"));
    paste_->setToolTip(tr("The source of a mail that you have copied"));
    connect(open_, &QPushButton::clicked, this, &MessagePanel::openFile);
    connect(paste_, &QPushButton::clicked, this, &MessagePanel::paste);
    connect(stop_, &QPushButton::clicked, &model_, &MessageViewModel::stop);
    connect(&model_, &MessageViewModel::changed, this, &MessagePanel::show);
    auto* buttons = new QHBoxLayout;
    for (QPushButton* button : {open_, paste_, stop_}) {
        buttons->addWidget(button);
    }
    buttons->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(explanation);
    layout->addLayout(buttons);
    layout->addWidget(summary_);
    layout->addLayout(lines_);
    layout->addStretch();
    show();
}

void MessagePanel::openFile() {
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Open a mail"), {}, tr("Mails (*.eml *.mbox *.txt);;All files (*)"));
    if (!path.isEmpty()) {
        judgeFile(path);
    }
}

void MessagePanel::show() {
    const bool stopHadFocus = stop_->hasFocus();
    stop_->setEnabled(model_.isRunning());
    if (stopHadFocus && !model_.isRunning()) {
        open_->setFocus();
    }
    summary_->show(model_.summary().severity, model_.summary().text);
    while (QLayoutItem* item = lines_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const VerdictLine& line : model_.lines()) {
        auto* notice = new Notice;
        notice->show(line.severity, QStringLiteral("%1 – %2").arg(line.area, line.text));
        lines_->addWidget(notice);
    }
}

} // namespace sealwright
