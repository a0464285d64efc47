#include "gui/pages/installbox.h"

#include "gui/readonlytext.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>

namespace sealwright {

InstallBox::InstallBox(QWidget* parent)
    : QGroupBox(tr("How to install it"), parent)
    , copy_(new ReadOnlyText(tr("Command that copies the bundle"), 2))
    , install_(new ReadOnlyText(tr("Commands on the server"), 4)) {
    copy_->setFixedHeight(copy_->minimumHeight());
    install_->setFixedHeight(install_->minimumHeight());
    auto* copyLine = new QPushButton(tr("Copy th&is line"));
    auto* copyLines = new QPushButton(tr("Copy these &lines"));
    auto* grid = new QGridLayout(this);
    grid->setColumnStretch(0, 1);
    grid->addWidget(new QLabel(tr("On this computer:")), 0, 0);
    grid->addWidget(copy_, 1, 0);
    grid->addWidget(copyLine, 1, 1, Qt::AlignTop);
    grid->addWidget(
        new QLabel(tr("On the server, as root. “check” changes nothing; “sh install.sh rollback” takes all back:")), 2,
        0);
    grid->addWidget(install_, 3, 0);
    grid->addWidget(copyLines, 3, 1, Qt::AlignTop);
    const auto copies = [this](QPushButton* button, const ReadOnlyText* text) {
        connect(button, &QPushButton::clicked, this,
                [text] { QGuiApplication::clipboard()->setText(text->toPlainText()); });
    };
    copies(copyLine, copy_);
    copies(copyLines, install_);
}

void InstallBox::show(const QString& copyCommand, const QString& installCommands) {
    copy_->setPlainText(copyCommand);
    install_->setPlainText(installCommands);
}

} // namespace sealwright
