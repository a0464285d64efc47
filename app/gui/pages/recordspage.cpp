#include "gui/pages/recordspage.h"

#include "gui/notice.h"
#include "gui/pages/protectionbox.h"
#include "gui/pages/recorddetails.h"
#include "gui/pages/zonefiledialog.h"
#include "gui/tables.h"
#include "gui/wrappinglabel.h"

#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>

namespace sealwright {

using namespace Qt::StringLiterals;

RecordsPage::RecordsPage(WizardState& state)
    : Page(tr("Records"), tr("Publish these at your DNS provider. What is there already is merged, never lost."),
           u"records"_s)
    , state_(state)
    , model_(state)
    , protection_(state)
    , summary_(new Notice)
    , table_(new QTableView)
    , policy_(new QComboBox)
    , policyHint_(new WrappingLabel)
    , reports_(new QLineEdit)
    , reportsProblem_(new Notice)
    , details_(new RecordDetails)
    , notes_(new Notice)
    , saved_(new Notice) {
    setUpTable(
        *table_, *model_.model(), RecordsModel::stateRole,
        [](int value) { return stateIcon(static_cast<RecordState>(value)); }, tr("Records"));
    table_->horizontalHeader()->setSectionResizeMode(RecordsModel::wantedColumn, QHeaderView::Stretch);
    table_->horizontalHeader()->setSectionResizeMode(RecordsModel::publishedColumn, QHeaderView::Stretch);

    content()->addWidget(summary_);
    content()->addWidget(table_);
    content()->addLayout(makeButtons());
    content()->addWidget(saved_);
    content()->addWidget(details_);
    content()->addWidget(notes_);
    content()->addLayout(makePolicyRow());
    content()->addWidget(new ProtectionBox(protection_));
    content()->addStretch();

    connect(&protection_, &ProtectionViewModel::wishesChanged, &model_, &RecordsViewModel::refresh);
    connect(&protection_, &ProtectionViewModel::changed, this, &RecordsPage::keepFocusInSight);
    connect(&model_, &RecordsViewModel::changed, this, &RecordsPage::show);
    connect(&model_, &RecordsViewModel::changed, this, &RecordsPage::keepFocusInSight);
    connect(&model_, &RecordsViewModel::zoneSaved, this, [this](const QString& path, const QString& problem) {
        saved_->show(problem.isEmpty() ? Severity::ok : Severity::error,
                     problem.isEmpty() ? tr("Saved as %1.").arg(path)
                                       : tr("%1 can't be written: %2").arg(path, problem));
    });
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RecordsPage::showSelected);
}

QLayout* RecordsPage::makeButtons() {
    auto* copyAll = new QPushButton(tr("Copy &all as zone text"));
    auto* save = new QPushButton(tr("&Save as zone text …"));
    auto* zoneFile = new QPushButton(tr("Zone &file …"));
    auto* again = new QPushButton(tr("Ask the DNS a&gain"));
    zoneFile->setToolTip(tr("Puts the records into the zone file that you keep for your own name server"));
    connect(copyAll, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(model_.zoneText()); });
    connect(save, &QPushButton::clicked, this, &RecordsPage::saveZone);
    connect(zoneFile, &QPushButton::clicked, this, [this] {
        auto* dialog = new ZoneFileDialog(state_, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    connect(again, &QPushButton::clicked, &model_, &RecordsViewModel::refresh);
    auto* row = new QHBoxLayout;
    for (QPushButton* button : {copyAll, save, zoneFile, again}) {
        row->addWidget(button);
    }
    row->addStretch();
    return row;
}

QLayout* RecordsPage::makePolicyRow() {
    policy_->addItem(tr("keep what is published, or begin with none"));
    policy_->addItem(tr("none: only report"));
    policy_->addItem(tr("quarantine: to the spam folder"));
    policy_->addItem(tr("reject: refuse"));
    reports_->setObjectName("reportsTo");
    auto* policyLabel = new QLabel(tr("DMARC &policy:"));
    policyLabel->setBuddy(policy_);
    auto* reportsLabel = new QLabel(tr("DMARC &reports to:"));
    reportsLabel->setBuddy(reports_);
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(policyLabel, policy_);
    form->addRow(QString(), policyHint_);
    form->addRow(reportsLabel, reports_);
    form->addRow(QString(), reportsProblem_);
    connect(policy_, &QComboBox::activated, this, [this](int row) {
        model_.setPolicy(row == 0 ? std::nullopt : std::optional(static_cast<dmarc::Policy>(row - 1)));
    });
    connect(reports_, &QLineEdit::textEdited, &model_, &RecordsViewModel::setReportsTo);
    return form;
}

void RecordsPage::enter() {
    reports_->setText(model_.reportsTo());
    reports_->setPlaceholderText(QString::fromStdString(defaultReportAddress(state_.profile().domain).toString()));
    saved_->show(Severity::ok, {});
    model_.refresh();
    table_->setFocus();
}

void RecordsPage::show() {
    const bool reading = model_.isReading();
    summary_->show(model_.allPublished() ? Severity::ok : Severity::info, model_.summary());
    QStringList notes = model_.notes();
    notes_->show(Severity::info, reading ? QString() : notes.join(u'\n'));
    policy_->setCurrentIndex(model_.policy() ? static_cast<int>(*model_.policy()) + 1 : 0);
    policyHint_->setText(model_.policyHint());
    reportsProblem_->showProblemOf(reports_, model_.reportsProblem());
    if (!table_->currentIndex().isValid() || reading) {
        goToRow(*table_, model_.firstToPublish());
    }
    fitRows(*table_, 8);
    showSelected();
    Q_EMIT completeChanged();
}

void RecordsPage::showSelected() {
    details_->show(model_.details(table_->currentIndex().row()), model_.provider());
}

void RecordsPage::saveZone() {
    const QString name = QString::fromStdString(state_.profile().domain.toString()) + u".zone"_s;
    const QString path = QFileDialog::getSaveFileName(this, tr("Save zone file"), QDir::home().filePath(name));
    if (!path.isEmpty()) {
        model_.saveZone(path);
    }
}

} // namespace sealwright
