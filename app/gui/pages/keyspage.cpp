#include "gui/pages/keyspage.h"

#include "gui/notice.h"
#include "gui/pages/newkeybox.h"
#include "gui/vaultpanel.h"
#include "gui/wrappinglabel.h"

#include <QGroupBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace sealwright {

using namespace Qt::StringLiterals;

KeysPage::KeysPage(WizardState& state)
    : Page(tr("Keys"), tr("Your server signs each mail with a private key; the DNS holds the public half."), u"keys"_s)
    , model_(state)
    , keys_(new QGroupBox(tr("Keys of this domain")))
    , more_(new QPushButton(tr("&Add another key")))
    , newKey_(new NewKeyBox(model_))
    , status_(new Notice)
    , remarks_(new Notice)
    , progressRow_(makeProgressRow())
    , met_(new Notice)
    , adopt_(new QPushButton(tr("Use that ke&y")))
    , vault_(new VaultPanel([this](SecretBytes passphrase) { model_.openKeyFile(std::move(passphrase)); }))
    , place_(new WrappingLabel)
    , otherPlace_(new QPushButton) {
    keys_->setLayout(new QVBoxLayout);
    auto* place = new QHBoxLayout;
    place->addWidget(place_, 1);
    place->addWidget(otherPlace_);
    auto* met = new QHBoxLayout;
    met->addWidget(met_, 1);
    met->addWidget(adopt_, 0, Qt::AlignTop);

    content()->addWidget(keys_);
    content()->addWidget(more_, 0, Qt::AlignLeft);
    content()->addWidget(newKey_);
    content()->addWidget(progressRow_);
    content()->addWidget(status_);
    content()->addWidget(remarks_);
    content()->addLayout(met);
    content()->addWidget(vault_);
    content()->addStretch();
    content()->addLayout(place);

    connect(&model_, &KeysViewModel::changed, this, &KeysPage::show);
    connect(&model_, &KeysViewModel::keyAdded, this, [this] {
        newKey_->hide();
        if (wizard()) {
            wizard()->button(QWizard::NextButton)->setFocus();
        }
    });
    connect(more_, &QPushButton::clicked, this, [this] {
        more_->hide();
        newKey_->show();
        newKey_->begin();
    });
    connect(adopt_, &QPushButton::clicked, &model_, &KeysViewModel::adopt);
    connect(vault_, &VaultPanel::retryWanted, &model_, &KeysViewModel::retry);
    connect(vault_, &VaultPanel::fileWanted, &model_, &KeysViewModel::useKeyFile);
    connect(vault_, &VaultPanel::keychainWanted, &model_, &KeysViewModel::useKeychain);
    connect(otherPlace_, &QPushButton::clicked, this,
            [this] { model_.keyPlace() == KeyPlace::keychain ? model_.useKeyFile() : model_.useKeychain(); });
    show();
}

QWidget* KeysPage::makeProgressRow() {
    stage_ = new WrappingLabel;
    progress_ = new QProgressBar;
    progress_->setAccessibleName(tr("Progress"));
    cancel_ = new QPushButton(tr("Cance&l creating"));
    cancel_->setObjectName("cancelKey");
    connect(cancel_, &QPushButton::clicked, &model_, &KeysViewModel::cancel);
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(stage_, 1);
    layout->addWidget(progress_, 1);
    layout->addWidget(cancel_);
    return row;
}

void KeysPage::enter() {
    newKey_->setVisible(model_.lines().empty());
    model_.checkKeys();
    show();
    if (model_.lines().empty()) {
        newKey_->begin();
    }
}

void KeysPage::showKeys() {
    const auto lines = model_.lines();
    keys_->setVisible(!lines.empty());
    if (lines == shown_) {
        return;
    }
    shown_ = lines;
    while (QLayoutItem* item = keys_->layout()->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const KeyLine& line : lines) {
        auto* notice = new Notice;
        keys_->layout()->addWidget(notice);
        notice->show(line.severity, line.title + u'\n' + line.text);
    }
}

// Of a folder that has a thousand files, the first ones.
void KeysPage::showRemarks() {
    constexpr qsizetype most = 8;
    QStringList lines;
    Severity severity = Severity::info;
    for (const KeyLine& line : model_.remarks()) {
        lines += tr("%1: %2").arg(line.title, line.text);
        severity = line.severity == Severity::warning ? Severity::warning : severity;
    }
    const qsizetype more = lines.size() - most;
    if (more > 0) {
        lines = lines.first(most) + QStringList(tr("And %1 more.").arg(more));
    }
    remarks_->show(severity, lines.join(u'\n'));
}

void KeysPage::show() {
    showKeys();
    showRemarks();
    const bool busy = model_.stage() != KeysViewModel::Stage::idle;
    const bool hadFocus = newKey_->isAncestorOf(focusWidget());
    progressRow_->setVisible(busy);
    if (busy && hadFocus) {
        cancel_->setFocus(); // else Qt would hand it to "Back" when the form is disabled
    }
    newKey_->setEnabled(!busy);
    more_->setVisible(!model_.lines().empty() && newKey_->isHidden() && !busy);
    stage_->setText(busy ? model_.status() : QString());
    progress_->setRange(0, model_.stage() == KeysViewModel::Stage::creating ? 100 : 0);
    progress_->setValue(static_cast<int>(model_.progress() * 100));
    status_->show(model_.isComplete() ? Severity::ok : Severity::info, busy ? QString() : model_.status());
    met_->show(Severity::warning, model_.adoptable());
    adopt_->setVisible(!model_.adoptable().isEmpty());
    vault_->show(model_.trouble());

    const bool inKeychain = model_.keyPlace() == KeyPlace::keychain;
    place_->setText(inKeychain ? tr("Private keys are kept in the system keychain, and nowhere else.")
                               : tr("Private keys are kept in the key file %1, encrypted.").arg(model_.keyFilePath()));
    otherPlace_->setText(inKeychain ? tr("&Keep them in a key file …") : tr("&Keep them in the system keychain"));
    otherPlace_->setVisible(!model_.trouble() && !busy);
    Q_EMIT completeChanged();
}

QString KeysPage::unfinished() const {
    return model_.stage() == KeysViewModel::Stage::idle
               ? QString()
               : tr("A key is being made and not stored yet: it would be lost.");
}

} // namespace sealwright
