#include "gui/vaultpanel.h"

#include "gui/returnkey.h"

#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace sealwright {

VaultPanel::VaultPanel(OpenKeyFile openKeyFile, QWidget* parent)
    : QWidget(parent)
    , openKeyFile_(std::move(openKeyFile))
    , notice_(new Notice)
    , form_(new QWidget)
    , passphrase_(new QLineEdit)
    , repeatLabel_(new QLabel)
    , repeated_(new QLineEdit)
    , mismatch_(new Notice)
    , open_(new QPushButton(tr("&Use this passphrase")))
    , retry_(new QPushButton(tr("Tr&y again")))
    , file_(new QPushButton(tr("Use a key file instea&d")))
    , keychain_(new QPushButton(tr("Use the system key&chain instead"))) {
    passphrase_->setEchoMode(QLineEdit::Password);
    repeated_->setEchoMode(QLineEdit::Password);
    passphrase_->setObjectName("vaultPassphrase");
    auto* form = new QFormLayout(form_);
    form->setContentsMargins(0, 0, 0, 0);
    form->addRow(tr("Passp&hrase:"), passphrase_);
    repeatLabel_->setText(tr("The sa&me again:"));
    repeatLabel_->setBuddy(repeated_);
    form->addRow(repeatLabel_, repeated_);

    auto* buttons = new QHBoxLayout;
    for (QPushButton* button : {open_, retry_, file_, keychain_}) {
        buttons->addWidget(button);
    }
    buttons->addStretch();
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(notice_);
    all->addWidget(form_);
    all->addWidget(mismatch_);
    all->addLayout(buttons);

    new ReturnKey(
        {passphrase_, repeated_}, [this] { enter(); }, this);
    connect(open_, &QPushButton::clicked, this, &VaultPanel::enter);
    connect(retry_, &QPushButton::clicked, this, &VaultPanel::retryWanted);
    connect(file_, &QPushButton::clicked, this, &VaultPanel::fileWanted);
    connect(keychain_, &QPushButton::clicked, this, &VaultPanel::keychainWanted);
    hide();
}

void VaultPanel::show(const std::optional<VaultTrouble>& trouble) {
    setVisible(trouble.has_value());
    if (!trouble) {
        return;
    }
    const bool askedBefore = !form_->isHidden() && notice_->text() == trouble->text;
    isNew_ = trouble->newPassphrase;
    notice_->show(trouble->asksPassphrase && isNew_ ? Severity::info : Severity::warning, trouble->text);
    form_->setVisible(trouble->asksPassphrase);
    open_->setVisible(trouble->asksPassphrase);
    repeatLabel_->setVisible(isNew_);
    repeated_->setVisible(isNew_);
    retry_->setVisible(!trouble->asksPassphrase);
    file_->setVisible(trouble->canUseFile);
    keychain_->setVisible(trouble->canUseKeychain);
    if (askedBefore) {
        return;
    }
    mismatch_->show(Severity::error, {});
    if (trouble->asksPassphrase) {
        passphrase_->setFocus();
    } else {
        retry_->setFocus();
    }
    passphrase_->setAccessibleDescription(trouble->text);
    retry_->setAccessibleDescription(trouble->text);
}

void VaultPanel::enter() {
    QString problem;
    if (passphrase_->text().isEmpty()) {
        problem = tr("A passphrase is needed.");
    } else if (isNew_ && passphrase_->text() != repeated_->text()) {
        problem = tr("The two passphrases differ.");
    }
    mismatch_->showProblemOf(passphrase_, problem);
    if (!problem.isEmpty()) {
        passphrase_->setFocus();
        return;
    }
    repeated_->clear();
    openKeyFile_(takeSecret(*passphrase_));
}

SecretBytes secretIn(const QLineEdit& field) {
    QByteArray octets = field.text().toUtf8();
    SecretBytes secret(std::string_view(octets.constData(), static_cast<std::size_t>(octets.size())));
    octets.fill('\0');
    return secret;
}

SecretBytes takeSecret(QLineEdit& field) {
    SecretBytes secret = secretIn(field);
    field.clear();
    return secret;
}

} // namespace sealwright
