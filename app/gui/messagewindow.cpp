#include "gui/messagewindow.h"

#include "gui/icons.h"
#include "gui/pages/messagepanel.h"

#include <QDialogButtonBox>
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
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto* wizard = buttons->addButton(tr("&Set up a domain …"), QDialogButtonBox::ActionRole);
    wizard->setToolTip(tr("Open the wizard: SPF, DKIM and DMARC for a domain of yours"));
    connect(wizard, &QPushButton::clicked, this, &MessageWindow::wizardWanted);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(scroll);
    layout->addWidget(buttons);
    resize(800, 560);
    panel->judgeFile(file);
}

} // namespace sealwright
