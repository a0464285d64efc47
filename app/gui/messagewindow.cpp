#include "gui/messagewindow.h"

#include "gui/icons.h"
#include "gui/pages/messagepanel.h"

#include <QFileInfo>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace sealwright {

MessageWindow::MessageWindow(WizardTools tools, const QString& file, QWidget* parent)
    : QDialog(parent, Qt::Window), state_(std::move(tools)) {
    setWindowTitle(tr("%1 – Sealwright").arg(QFileInfo(file).fileName()));
    setWindowIcon(applicationIcon());
    auto* panel = new MessagePanel(state_);
    auto* scroll = new QScrollArea;
    scroll->setWidget(panel);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* wizard = new QPushButton(tr("&Set up a domain …"));
    wizard->setToolTip(tr("Open the wizard: SPF, DKIM and DMARC for a domain of yours"));
    auto* close = new QPushButton(tr("&Close"));
    connect(wizard, &QPushButton::clicked, this, &MessageWindow::wizardWanted);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(wizard);
    buttons->addWidget(close);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(scroll);
    layout->addLayout(buttons);
    resize(800, 560);
    panel->judgeFile(file);
}

} // namespace sealwright
