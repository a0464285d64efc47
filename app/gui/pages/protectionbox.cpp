#include "gui/pages/protectionbox.h"

#include "gui/notice.h"
#include "gui/wrappinglabel.h"
#include "viewmodels/protectionviewmodel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace sealwright {

ProtectionBox::ProtectionBox(ProtectionViewModel& model, QWidget* parent)
    : QGroupBox(tr("More protection for mail to you"), parent)
    , model_(model)
    , mtaSts_(new QCheckBox(tr("M&TA-STS: others deliver to you over verified TLS only")))
    , mode_(new QComboBox)
    , mtaStsHint_(new Notice)
    , tlsReports_(new QCheckBox)
    , keys_(new WrappingLabel)
    , ask_(new QPushButton(tr("From th&e server")))
    , choose_(new QPushButton(tr("From a cert&ificate file …")))
    , forget_(new QPushButton(tr("F&orget the keys")))
    , certificateSeen_(new Notice)
    , certificateProblem_(new Notice) {
    auto* all = new QVBoxLayout(this);
    all->addLayout(makeMtaStsRow());
    all->addWidget(mtaStsHint_);
    all->addWidget(tlsReports_);
    all->addLayout(makeDaneRow());
    all->addWidget(certificateSeen_);
    all->addWidget(certificateProblem_);

    connect(mtaSts_, &QCheckBox::clicked, &model_,
            [this](bool on) { on ? model_.setMtaSts(mtasts::Mode::testing) : model_.switchMtaStsOff(); });
    connect(mode_, &QComboBox::activated, &model_,
            [this] { model_.setMtaSts(static_cast<mtasts::Mode>(mode_->currentData().toInt())); });
    connect(tlsReports_, &QCheckBox::clicked, &model_, &ProtectionViewModel::setTlsReports);
    connect(ask_, &QPushButton::clicked, &model_, &ProtectionViewModel::askServer);
    connect(choose_, &QPushButton::clicked, this, &ProtectionBox::chooseCertificate);
    connect(forget_, &QPushButton::clicked, &model_, &ProtectionViewModel::forgetCertificates);
    connect(&model_, &ProtectionViewModel::changed, this, &ProtectionBox::show);
    show();
}

QLayout* ProtectionBox::makeMtaStsRow() {
    mtaSts_->setObjectName("mtaSts");
    mode_->setObjectName("mtaStsMode");
    mode_->setAccessibleName(tr("Mode of MTA-STS"));
    mode_->addItem(tr("testing: only report"), static_cast<int>(mtasts::Mode::testing));
    mode_->addItem(tr("enforce: hold back what is not safe"), static_cast<int>(mtasts::Mode::enforce));
    mode_->addItem(tr("none: take the policy back"), static_cast<int>(mtasts::Mode::none));
    auto* row = new QHBoxLayout;
    row->addWidget(mtaSts_);
    row->addWidget(mode_);
    row->addStretch();
    return row;
}

QLayout* ProtectionBox::makeDaneRow() {
    tlsReports_->setObjectName("tlsReports");
    ask_->setObjectName("certificateOfServer");
    ask_->setToolTip(tr("Takes the key of the certificate that your mail server shows on port 25 now"));
    ask_->setAccessibleDescription(tr("DANE: the key of the certificate that your mail server shows on port 25 now"));
    choose_->setObjectName("certificateFile");
    choose_->setAccessibleDescription(tr("DANE: a PEM file with the certificate of your mail server"));
    auto* row = new QHBoxLayout;
    row->addWidget(keys_, 1);
    row->addWidget(ask_);
    row->addWidget(choose_);
    row->addWidget(forget_);
    return row;
}

void ProtectionBox::show() {
    setVisible(model_.isOffered());
    const auto mode = model_.mtaSts();
    mtaSts_->setChecked(mode.has_value());
    mode_->setEnabled(mode.has_value());
    mode_->setCurrentIndex(mode_->findData(static_cast<int>(mode.value_or(mtasts::Mode::testing))));
    mtaStsHint_->show(Severity::info, model_.mtaStsHint());
    tlsReports_->setChecked(model_.tlsReports());
    tlsReports_->setText(tr("T&LS reports on mail that could not come over TLS, to %1").arg(model_.tlsReportsTo()));
    keys_->setText(tr("DANE: %1").arg(model_.certificateKeysText()));
    forget_->setEnabled(model_.certificateKeys() > 0);
    certificateSeen_->show(Severity::info,
                           model_.isAsking() ? tr("Asking the mail server …") : model_.certificateSeen());
    certificateProblem_->show(Severity::error, model_.certificateProblem());
}

void ProtectionBox::chooseCertificate() {
    const QString path = QFileDialog::getOpenFileName(this, tr("Certificate of your mail server"), {},
                                                      tr("Certificates (*.pem *.crt *.cer);;All files (*)"));
    if (!path.isEmpty()) {
        model_.addCertificate(path);
    }
}

} // namespace sealwright
