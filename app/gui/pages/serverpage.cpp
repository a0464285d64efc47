#include "gui/pages/serverpage.h"

#include "gui/notice.h"
#include "gui/pages/installbox.h"
#include "gui/pages/lintpanel.h"
#include "gui/readonlytext.h"
#include "gui/returnkey.h"
#include "gui/tables.h"
#include "gui/vaultpanel.h"
#include "gui/wrappinglabel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalBlocker>
#include <QTabWidget>

namespace sealwright {

using namespace Qt::StringLiterals;

ServerPage::ServerPage(WizardState& state)
    : Page(tr("Server"), tr("A bundle of files to copy to your mail server, with a script that installs them."),
           u"server"_s)
    , model_(state)
    , othersBox_(new QGroupBox(tr("This server also signs for")))
    , others_(new QListWidget)
    , outcome_(new Notice)
    , vault_(new VaultPanel([this](SecretBytes passphrase) { model_.openKeyFile(std::move(passphrase)); }))
    , install_(new InstallBox) {
    others_->setAccessibleName(tr("Other domains that this server signs for"));
    others_->setFixedHeight(70);
    makeChecksVisible(*others_);
    auto* inOthers = new QVBoxLayout(othersBox_);
    inOthers->addWidget(others_);
    auto* bundle = new QWidget;
    auto* layout = new QVBoxLayout(bundle);
    layout->addWidget(makeStackBox());
    layout->addWidget(othersBox_);
    layout->addWidget(makePreview(), 1);
    layout->addWidget(makeExport());
    layout->addWidget(outcome_);
    layout->addWidget(vault_);
    layout->addWidget(install_);
    auto* tabs = new QTabWidget;
    tabs->addTab(bundle, tr("B&undle to install"));
    tabs->addTab(new LintPanel, tr("What is there &today"));
    content()->addWidget(tabs);

    connect(&model_, &ServerViewModel::changed, this, &ServerPage::show);
    connect(&model_, &ServerViewModel::filesChanged, this, &ServerPage::showFiles);
    connect(&model_, &ServerViewModel::targetChanged, this, [this] { target_->setText(model_.target()); });
    connect(vault_, &VaultPanel::retryWanted, &model_, &ServerViewModel::writeTarget);
    connect(vault_, &VaultPanel::fileWanted, &model_, &ServerViewModel::useKeyFile);
    connect(vault_, &VaultPanel::keychainWanted, &model_, &ServerViewModel::useKeychain);
    connect(others_, &QListWidget::itemChanged, this, [this](const QListWidgetItem* item) {
        model_.include(static_cast<std::size_t>(others_->row(item)), item->checkState() == Qt::Checked);
    });
}

QString ServerPage::stackName(Stack stack) {
    switch (stack) {
    case Stack::exim4Debian:
        return tr("&exim4 on Debian");
    case Stack::exim:
        return tr("exi&m with one file");
    case Stack::postfixOpendkim:
        return tr("&Postfix with OpenDKIM");
    case Stack::postfixRspamd:
        return tr("Postfix with &rspamd");
    }
    return {};
}

QWidget* ServerPage::makeStackBox() {
    auto* box = new QGroupBox(tr("Mail software on the server"));
    auto* column = new QVBoxLayout(box);
    auto* row = new QHBoxLayout;
    for (const Stack stack : allStacks) {
        auto* button = new QRadioButton(stackName(stack));
        connect(button, &QRadioButton::clicked, &model_, [this, stack] { model_.setStack(stack); });
        row->addWidget(button);
        row->addSpacing(12);
        stacks_[stack] = button;
    }
    row->addStretch();
    stackHint_ = new WrappingLabel;
    column->addLayout(row);
    column->addWidget(stackHint_);
    column->addLayout(makeIncomingRow());
    return box;
}

QLayout* ServerPage::makeIncomingRow() {
    incoming_ = new QCheckBox(tr("Chec&k incoming mail too:"));
    incoming_->setToolTip(
        tr("RFC 9989 section 7.4: a receiver must not refuse mail only because its domain says p=reject."));
    incomingHint_ = new WrappingLabel;
    incomingHint_->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    connect(incoming_, &QCheckBox::clicked, &model_, &ServerViewModel::setChecksIncoming);
    auto* row = new QHBoxLayout;
    row->addWidget(incoming_);
    row->addWidget(incomingHint_, 1);
    return row;
}

QWidget* ServerPage::makePreview() {
    files_ = new QListWidget;
    files_->setAccessibleName(tr("Files of the bundle"));
    files_->setMaximumWidth(340);
    files_->setTextElideMode(Qt::ElideMiddle);
    files_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    files_->setMinimumHeight(120);
    file_ = new ReadOnlyText(tr("Content of the file"), 7);
    file_->setWordWrapMode(QTextOption::NoWrap);
    for (QWidget* taking : std::initializer_list<QWidget*>{files_, file_}) { // what is left, and no more
        taking->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    }
    connect(files_, &QListWidget::currentRowChanged, this, &ServerPage::showFile);
    auto* box = new QGroupBox(tr("What is in the bundle (and the private keys, which are not shown)"));
    auto* row = new QHBoxLayout(box);
    row->addWidget(files_, 2);
    row->addWidget(file_, 5);
    return box;
}

QWidget* ServerPage::makeExport() {
    format_ = new QComboBox;
    format_->addItem(tr(".tar.gz archive"), static_cast<int>(ServerViewModel::Format::tarGz));
    format_->addItem(tr(".zip archive"), static_cast<int>(ServerViewModel::Format::zip));
    format_->addItem(tr("folder"), static_cast<int>(ServerViewModel::Format::folder));
    target_ = new QLineEdit;
    target_->setObjectName("target");
    export_ = new QPushButton(tr("E&xport"));
    auto* browseButton = new QPushButton(tr("Bro&wse …"));
    progress_ = new QProgressBar;
    progress_->setRange(0, 0);
    progress_->setAccessibleName(tr("Exporting"));
    stop_ = new QPushButton(tr("St&op"));
    connect(format_, &QComboBox::activated, &model_, [this](int row) {
        model_.setFormat(static_cast<ServerViewModel::Format>(format_->itemData(row).toInt()));
    });
    connect(target_, &QLineEdit::textEdited, &model_, &ServerViewModel::setTarget);
    connect(browseButton, &QPushButton::clicked, this, &ServerPage::browse);
    connect(export_, &QPushButton::clicked, &model_, &ServerViewModel::writeTarget);
    new ReturnKey(
        {target_}, [this] { export_->click(); }, this);
    connect(stop_, &QPushButton::clicked, &model_, &ServerViewModel::cancel);

    auto* formatLabel = new QLabel(tr("As &a:"));
    formatLabel->setBuddy(format_);
    auto* targetLabel = new QLabel(tr("&Save as:"));
    targetLabel->setBuddy(target_);
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(formatLabel);
    row->addWidget(format_);
    row->addWidget(targetLabel);
    row->addWidget(target_, 1);
    for (QWidget* widget : std::initializer_list<QWidget*>{browseButton, export_, progress_, stop_}) {
        row->addWidget(widget);
    }
    return box;
}

void ServerPage::enter() {
    model_.refresh();
    showOthers();
    show();
}

void ServerPage::showOthers() {
    const QSignalBlocker quiet(others_);
    others_->clear();
    for (const ServerViewModel::Other& other : model_.others()) {
        auto* item = new QListWidgetItem(other.name, others_);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(other.included ? Qt::Checked : Qt::Unchecked);
    }
    othersBox_->setVisible(others_->count() > 0);
}

void ServerPage::showFiles() {
    const int row = qMax(0, files_->currentRow());
    const QSignalBlocker quiet(files_);
    files_->clear();
    for (const BundleFile& file : model_.files()) {
        auto* item = new QListWidgetItem(QString::fromStdString(file.path), files_);
        item->setToolTip(item->text());
    }
    files_->setCurrentRow(qMin(row, files_->count() - 1));
    showFile(files_->currentRow());
}

void ServerPage::showFile(int row) {
    const bool any = row >= 0 && row < static_cast<int>(model_.files().size());
    file_->setPlainText(any ? QString::fromStdString(model_.files()[static_cast<std::size_t>(row)].content)
                            : QString());
}

void ServerPage::show() {
    stacks_[model_.stack()]->setChecked(true);
    stackHint_->setText(model_.stackHint());
    incoming_->setChecked(model_.checksIncoming());
    incoming_->setAccessibleDescription(model_.incomingHint());
    incomingHint_->setText(model_.incomingHint());
    const bool writing = model_.isWriting();
    if (writing && export_->hasFocus()) {
        stop_->setVisible(true);
        stop_->setFocus();
    } else if (!writing && stop_->hasFocus()) {
        export_->setVisible(true);
        export_->setFocus();
    }
    export_->setVisible(!writing);
    progress_->setVisible(writing);
    stop_->setVisible(writing);
    const bool done = !model_.written().isEmpty();
    outcome_->show(
        done ? Severity::ok : Severity::error,
        done ? tr("Exported to %1. It holds private keys: delete it once it is on the server.").arg(model_.written())
             : (model_.trouble() ? QString() : model_.problem()));
    target_->setAccessibleDescription(outcome_->text());
    vault_->show(model_.trouble());
    install_->setVisible(done);
    if (done) {
        install_->show(model_.copyCommand(), model_.installCommands());
    }
}

void ServerPage::browse() {
    const QFileInfo current(model_.target());
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder for the bundle"), current.path());
    if (!folder.isEmpty()) {
        model_.setFolder(folder);
    }
}

QString ServerPage::unfinished() const {
    return model_.isWriting() ? tr("The bundle is being written: it would be incomplete, so it is removed.")
                              : QString();
}

} // namespace sealwright
