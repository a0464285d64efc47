#include "gui/pages/newkeybox.h"

#include "gui/notice.h"
#include "gui/returnkey.h"
#include "gui/vaultpanel.h"
#include "gui/wrappinglabel.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>

namespace sealwright {

using namespace Qt::StringLiterals;

NewKeyBox::NewKeyBox(KeysViewModel& model, QWidget* parent)
    : QGroupBox(tr("New key"), parent)
    , model_(model)
    , create_(new QRadioButton(tr("C&reate a new key")))
    , import_(new QRadioButton(tr("&Import a key that I have")))
    , takeOver_(new QRadioButton(tr("Take over the keys of a ser&ver")))
    , selectorForm_(new QWidget)
    , selector_(new QLineEdit)
    , selectorProblem_(new Notice)
    , createForm_(new QWidget)
    , algorithm_(new QComboBox)
    , algorithmHint_(new WrappingLabel)
    , importForm_(new QWidget)
    , importing_(new QFormLayout(importForm_))
    , fileLabel_(new QLabel)
    , file_(new QLineEdit)
    , pem_(new QPlainTextEdit)
    , passphrase_(new QLineEdit)
    , keyProblem_(new Notice)
    , go_(new QPushButton) {
    makeForms();
    auto* ways = new QHBoxLayout;
    ways->addWidget(create_);
    ways->addSpacing(16);
    ways->addWidget(import_);
    ways->addSpacing(16);
    ways->addWidget(takeOver_);
    ways->addStretch();
    auto* selectorColumn = new QVBoxLayout;
    selectorColumn->setSpacing(2);
    selectorColumn->addWidget(selector_);
    selectorColumn->addWidget(selectorProblem_);
    auto* selectorForm = new QFormLayout(selectorForm_);
    selectorForm->setContentsMargins(0, 0, 0, 0);
    auto* selectorLabel = new QLabel(tr("&Selector:"));
    selectorLabel->setBuddy(selector_);
    selectorForm->addRow(selectorLabel, selectorColumn);

    auto* all = new QVBoxLayout(this);
    all->addLayout(ways);
    all->addWidget(selectorForm_);
    all->addWidget(createForm_);
    all->addWidget(importForm_);
    all->addWidget(keyProblem_);
    all->addWidget(go_, 0, Qt::AlignLeft);

    for (auto* way : {create_, import_, takeOver_}) {
        connect(way, &QRadioButton::toggled, this, &NewKeyBox::choose);
    }
    connect(selector_, &QLineEdit::textEdited, &model_, &KeysViewModel::setSelector);
    connect(algorithm_, &QComboBox::activated, &model_,
            [this](int row) { model_.setAlgorithm(static_cast<KeyAlgorithm>(algorithm_->itemData(row).toInt())); });
    new ReturnKey(
        {selector_, file_, passphrase_}, [this] { go_->click(); }, this);
    connect(go_, &QPushButton::clicked, this, &NewKeyBox::go);
    connect(&model_, &KeysViewModel::changed, this, &NewKeyBox::fillIn);
    create_->setChecked(true);
    fillIn();
}

void NewKeyBox::makeForms() {
    selector_->setObjectName("selector");
    for (const auto& [algorithm, name] : {std::pair(KeyAlgorithm::rsa2048, tr("RSA, 2048 bits (recommended)")),
                                          std::pair(KeyAlgorithm::rsa3072, tr("RSA, 3072 bits")),
                                          std::pair(KeyAlgorithm::rsa4096, tr("RSA, 4096 bits")),
                                          std::pair(KeyAlgorithm::ed25519, tr("Ed25519 (beside an RSA key)"))}) {
        algorithm_->addItem(name, static_cast<int>(algorithm));
    }
    auto* creating = new QFormLayout(createForm_);
    creating->setContentsMargins(0, 0, 0, 0);
    creating->addRow(tr("Al&gorithm:"), algorithm_);
    creating->addRow(QString(), algorithmHint_);

    pem_->setTabChangesFocus(true);
    pem_->setPlaceholderText(u"-----BEGIN PRIVATE KEY-----"_s);
    pem_->setFixedHeight(pem_->fontMetrics().lineSpacing() * 4 + 12);
    passphrase_->setEchoMode(QLineEdit::Password);
    passphrase_->setPlaceholderText(tr("only if the key has one"));
    file_->setObjectName("keyFile");
    takeOver_->setObjectName("takeOver");
    auto* browsing = new QPushButton(tr("Bro&wse …"));
    connect(browsing, &QPushButton::clicked, this, &NewKeyBox::browse);
    auto* row = new QHBoxLayout;
    row->addWidget(file_, 1);
    row->addWidget(browsing);
    importing_->setContentsMargins(0, 0, 0, 0);
    fileLabel_->setBuddy(file_);
    importing_->addRow(fileLabel_, row);
    importing_->addRow(tr("&or its text:"), pem_);
    importing_->addRow(tr("&Passphrase:"), passphrase_);
}

void NewKeyBox::begin() {
    selector_->setFocus();
    selector_->selectAll();
}

void NewKeyBox::choose() {
    const bool whole = takeOver_->isChecked();
    selectorForm_->setVisible(!whole);
    createForm_->setVisible(create_->isChecked());
    importForm_->setVisible(!create_->isChecked());
    importing_->setRowVisible(pem_, !whole);
    fileLabel_->setText(whole ? tr("Fold&er:") : tr("Fil&e:"));
    file_->setPlaceholderText(whole ? tr("copied from the server, for example /etc/dkimkeys")
                                    : tr("a PEM file, for example dkim.private"));
    go_->setText(whole ? tr("&Take over keys") : create_->isChecked() ? tr("Crea&te key") : tr("Impor&t key"));
    fillIn();
}

void NewKeyBox::fillIn() {
    if (selector_->text() != model_.selector()) {
        selector_->setText(model_.selector());
    }
    selectorProblem_->showProblemOf(
        selector_, model_.selectorProblem(),
        tr("The key's name in the DNS. A new key gets a new one, so that the old one stays valid "
           "for mail that is under way."));
    algorithm_->setCurrentIndex(algorithm_->findData(static_cast<int>(model_.algorithm())));
    algorithmHint_->setText(model_.algorithmHint());
    QWidget* given = takeOver_->isChecked() ? static_cast<QWidget*>(file_) : pem_;
    const QString hint =
        takeOver_->isChecked()
            ? tr("Copy the folder to this computer first. Every key of this domain in it is kept under "
                 "its selector, which the DNS tells; the others are left alone.")
            : QString();
    keyProblem_->showProblemOf(model_.passphraseWanted() ? passphrase_ : given, model_.keyProblem(), hint);
    go_->setEnabled(takeOver_->isChecked() || model_.selectorProblem().isEmpty());
}

QString NewKeyBox::path() const {
    return file_->text().trimmed();
}

void NewKeyBox::browse() {
    const QString path = takeOver_->isChecked()
                             ? QFileDialog::getExistingDirectory(this, tr("Keys copied from the server"))
                             : QFileDialog::getOpenFileName(this, tr("Private key to import"));
    if (!path.isEmpty()) {
        file_->setText(path);
    }
}

void NewKeyBox::go() {
    if (create_->isChecked()) {
        model_.create();
    } else if (import_->isChecked()) {
        importKey();
    } else if (path().isEmpty()) {
        file_->setFocus();
    } else {
        model_.importFolder(path(), takeSecret(*passphrase_));
    }
}

void NewKeyBox::importKey() {
    SecretBytes passphrase = takeSecret(*passphrase_);
    if (path().isEmpty()) {
        QByteArray pem = pem_->toPlainText().toUtf8();
        model_.importText(SecretBytes(std::string_view(pem.constData(), static_cast<std::size_t>(pem.size()))),
                          std::move(passphrase));
        pem.fill('\0');
    } else {
        model_.importFile(path(), std::move(passphrase));
    }
    passphrase_->setFocus();
}

} // namespace sealwright
